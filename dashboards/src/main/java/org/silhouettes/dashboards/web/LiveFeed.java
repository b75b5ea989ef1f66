package org.silhouettes.dashboards.web;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Server-sent events, latest wins: every client has one slot for each subject (a model, the status), and a newer event
 * takes the place of one that the client was too slow for. Every event carries the whole state of its subject, so a client
 * that lost its connection needs no replay: it receives the present state of all subjects and continues. Each client holds one of the
 * server's threads; there are at most {@value #MAX_CLIENTS}.
 */
final class LiveFeed implements AutoCloseable {

    static final int MAX_CLIENTS = 100;
    private static final long HEARTBEAT_MILLIS = 10_000;

    /** One event: its type and its data in one line. */
    @SuppressWarnings("ArrayRecordComponent")
    record Event(String type, byte[] data) {}

    private final Set<Mailbox> clients = ConcurrentHashMap.newKeySet();
    private final AtomicLong sequence = new AtomicLong();
    private final Supplier<Map<String, Event>> everything;
    private volatile boolean closed;

    /** @param everything the present state of all subjects, which a new client receives first */
    LiveFeed(Supplier<Map<String, Event>> everything) {
        this.everything = everything;
    }

    int clients() {
        return clients.size();
    }

    /** Tells all clients. */
    void publish(String subject, Event event) {
        for (Mailbox client : clients) {
            client.put(subject, event);
        }
    }

    /** Serves one client until it goes or the server closes. */
    void serve(Context ctx) throws IOException {
        Mailbox client = new Mailbox();
        clients.add(client);
        try {
            if (clients.size() > MAX_CLIENTS) {
                throw new Refused(
                        HttpStatus.SERVICE_UNAVAILABLE, MAX_CLIENTS + " pages watch already: close one and try again");
            }
            ctx.contentType("text/event-stream; charset=utf-8");
            ctx.header("Cache-Control", "no-store");
            ctx.header("X-Accel-Buffering", "no");
            everything.get().forEach(client::putUnlessNewer);
            ServletOutputStream out = ctx.res().getOutputStream();
            out.print("retry: 1000\n\n");
            out.flush();
            while (!closed) {
                write(out, client.take(HEARTBEAT_MILLIS));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            clients.remove(client);
        }
    }

    private void write(ServletOutputStream out, List<Event> events) throws IOException {
        for (Event event : events) {
            out.print("id: " + sequence.incrementAndGet() + "\nevent: " + event.type() + "\ndata: ");
            out.write(event.data());
            out.print("\n\n");
        }
        if (events.isEmpty()) {
            out.write(": still here\n\n".getBytes(StandardCharsets.US_ASCII));
        }
        out.flush();
    }

    @Override
    public void close() {
        closed = true;
        clients.forEach(Mailbox::close);
    }

    /** What waits for one client: one event a subject, the newest. Thread-safe. */
    static final class Mailbox {
        private final Map<String, Event> waiting = new LinkedHashMap<>();
        private boolean closed;

        synchronized void put(String subject, Event event) {
            waiting.remove(subject);
            waiting.put(subject, event);
            notifyAll();
        }

        /** What stood before this client listened gives way to what came since. */
        synchronized void putUnlessNewer(String subject, Event event) {
            if (waiting.putIfAbsent(subject, event) == null) {
                notifyAll();
            }
        }

        synchronized void close() {
            closed = true;
            notifyAll();
        }

        /** What waits, at least one event; nothing after that many milliseconds, or once closed. */
        synchronized List<Event> take(long millis) throws InterruptedException {
            long until = System.nanoTime() + millis * 1_000_000;
            while (waiting.isEmpty() && !closed) {
                long left = (until - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    break;
                }
                wait(left);
            }
            List<Event> events = new ArrayList<>(waiting.values());
            waiting.clear();
            return events;
        }
    }
}
