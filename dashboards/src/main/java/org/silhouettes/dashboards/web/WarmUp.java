package org.silhouettes.dashboards.web;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Visits the server's own page before anyone else does: a JVM's first requests take several times as long as later ones,
 * since classes are loaded and code is compiled for them.
 */
public final class WarmUp {

    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
    private static final Pattern OWN_FILE = Pattern.compile("(?:href|src)=\"(/[a-z0-9.-]+)\"");
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int VISITS = 3;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final URI server;
    private final Optional<String> token;

    private WarmUp(URI server, Optional<String> token) {
        this.server = server;
        this.token = token;
    }

    /** Starts to visit in the background; with the token that the server asks for, if it does. */
    public static void start(URI server, Optional<String> token) {
        Thread thread = new Thread(new WarmUp(server, token)::run, "dashboard-warm-up");
        thread.setDaemon(true);
        thread.start();
    }

    /** Asks for the page, for all that it loads at once and for what it reads first. A failure does no harm. */
    private void run() {
        try {
            List<String> paths = new ArrayList<>(List.of("/api/models", "/api/status"));
            Matcher files = OWN_FILE.matcher(get("/"));
            while (files.find()) {
                paths.add(files.group(1));
            }
            for (int i = 0; i < VISITS; i++) {
                for (String path : paths) {
                    get(path);
                }
            }
        } catch (IOException e) {
            LOG.debug("the server did not answer itself", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String get(String path) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(server.resolve(path)).timeout(TIMEOUT);
        token.ifPresent(text -> request.header("Authorization", "Bearer " + text));
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
    }
}
