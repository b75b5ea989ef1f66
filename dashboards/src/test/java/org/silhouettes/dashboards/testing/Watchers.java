package org.silhouettes.dashboards.testing;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Clients of the live feed, and when each of them received a version. */
public final class Watchers implements AutoCloseable {

    private static final Pattern VERSION = Pattern.compile("\"version\":(\\d+)");

    private final ConcurrentHashMap<Long, Arrivals> awaited = new ConcurrentHashMap<>();
    private final List<CompletableFuture<HttpResponse<Void>>> streams = new ArrayList<>();
    private final CountDownLatch greeted;
    private final int number;

    /** When each client received one version, by {@link System#nanoTime()}. */
    private static final class Arrivals {
        private final CountDownLatch missing;
        private final List<Long> nanos = new ArrayList<>();

        Arrivals(int clients) {
            missing = new CountDownLatch(clients);
        }

        synchronized void add() {
            nanos.add(System.nanoTime());
            missing.countDown();
        }

        synchronized List<Long> sinceMillis(long start) {
            return nanos.stream().map(at -> (at - start) / 1_000_000).sorted().toList();
        }
    }

    /** Opens that many streams and waits until each has received the present state. */
    public Watchers(URI dashboard, int number) throws InterruptedException {
        this.number = number;
        this.greeted = new CountDownLatch(number);
        HttpClient http = HttpClient.newHttpClient();
        HttpRequest request =
                HttpRequest.newBuilder(dashboard.resolve("/api/live")).build();
        for (int i = 0; i < number; i++) {
            streams.add(http.sendAsync(request, HttpResponse.BodyHandlers.fromLineSubscriber(new Lines())));
        }
        if (!greeted.await(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException(greeted.getCount() + " of " + number + " clients received nothing");
        }
    }

    /** Must be called before the version can arrive. */
    public void expect(long version) {
        awaited.put(version, new Arrivals(number));
    }

    /** How long after {@code startNanos} each client received the version, sorted, in milliseconds. */
    public List<Long> await(long version, long startNanos) throws InterruptedException {
        Arrivals arrivals = awaited.get(version);
        if (!arrivals.missing.await(30, TimeUnit.SECONDS)) {
            throw new AssertionError(arrivals.missing.getCount() + " of " + number + " clients missed " + version);
        }
        return arrivals.sinceMillis(startNanos);
    }

    @Override
    public void close() {
        streams.forEach(stream -> stream.cancel(true));
    }

    /** A client that asks for the feed and never reads it. */
    public static Socket deaf(URI dashboard) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(1024);
        socket.connect(new InetSocketAddress(dashboard.getHost(), dashboard.getPort()));
        String ask = "GET /api/live HTTP/1.1\r\nHost: " + dashboard.getAuthority() + "\r\n\r\n";
        socket.getOutputStream().write(ask.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private final class Lines implements Flow.Subscriber<String> {
        private boolean isGreeted;
        private long newest = -1;

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String line) {
            Matcher version = VERSION.matcher(line);
            if (version.find() && Long.parseLong(version.group(1)) > newest) {
                newest = Long.parseLong(version.group(1));
                Arrivals arrivals = awaited.get(newest);
                if (arrivals != null) {
                    arrivals.add();
                }
            }
            if (!isGreeted && line.startsWith("data:")) {
                isGreeted = true;
                greeted.countDown();
            }
        }

        @Override
        public void onError(Throwable failure) {
            // a watcher that is lost misses its versions, which await() tells
        }

        @Override
        public void onComplete() {
            // as above
        }
    }
}
