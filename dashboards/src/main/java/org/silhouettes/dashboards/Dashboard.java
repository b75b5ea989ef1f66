package org.silhouettes.dashboards;

import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.silhouettes.dashboards.feed.ExactReader;
import org.silhouettes.dashboards.feed.KafkaClients;
import org.silhouettes.dashboards.feed.KafkaFeed;
import org.silhouettes.dashboards.history.ModelHistory;
import org.silhouettes.dashboards.history.Models;
import org.silhouettes.dashboards.probe.ImageSample;
import org.silhouettes.dashboards.settings.DashboardSettings;
import org.silhouettes.dashboards.web.WebServer;

/**
 * A running dashboard. It needs Kafka alone, writes nothing to it, and builds its history from it at every start; it may be
 * started before Kafka, the topics or the job are there, and outlives all of them.
 */
public final class Dashboard implements AutoCloseable {

    private final DashboardSettings settings;
    private final KafkaFeed feed;
    private final ExactReader exact;
    private final WebServer web;

    private Dashboard(DashboardSettings settings) {
        this.settings = settings;
        Clock clock = Clock.systemUTC();
        KafkaClients clients = new KafkaClients(settings.kafka());
        AtomicReference<WebServer> told = new AtomicReference<>();
        Models models = new Models(settings.historyBytes(), new Models.Listener() {
            @Override
            public void changed(ModelHistory model) {
                Optional.ofNullable(told.get()).ifPresent(server -> server.changed(model));
            }

            @Override
            public void deleted(String model) {
                Optional.ofNullable(told.get()).ifPresent(server -> server.deleted(model));
            }
        });
        ImageSample sample = new ImageSample();
        this.feed = new KafkaFeed(settings, clients, models, sample, clock);
        this.exact = new ExactReader(clients);
        this.web = new WebServer(settings, models, feed, exact, sample, clock);
        told.set(web);
        feed.start();
    }

    /** Starts to listen and to read; returns as soon as the page can be asked for. */
    public static Dashboard start(DashboardSettings settings) {
        return new Dashboard(settings);
    }

    /** The port it listens on. */
    public int port() {
        return web.port();
    }

    /** Where a browser on this machine finds the page. */
    public URI uri() {
        String bound = settings.access().bindAddress();
        String host = bound.equals("0.0.0.0") ? "127.0.0.1" : bound;
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port() + "/");
    }

    /** Stops listening and reading; takes about a second. */
    @Override
    public void close() {
        web.close();
        feed.close();
        exact.close();
    }
}
