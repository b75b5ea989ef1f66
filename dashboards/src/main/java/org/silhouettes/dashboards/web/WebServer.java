package org.silhouettes.dashboards.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.silhouettes.dashboards.feed.ExactReader;
import org.silhouettes.dashboards.feed.KafkaFeed;
import org.silhouettes.dashboards.history.ModelHistory;
import org.silhouettes.dashboards.history.Models;
import org.silhouettes.dashboards.probe.ImageSample;
import org.silhouettes.dashboards.settings.DashboardSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server: the page, the live feed and REST. */
public final class WebServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);
    private static final String STATUS = "status";
    private static final String MODEL = "model:";
    private static final String ENCODE = "/api/encode";
    private static final int THREADS = LiveFeed.MAX_CLIENTS + 32;
    private static final long MAX_BODY = 4 << 20;
    private static final long STATUS_MILLIS = 1000;

    private final DashboardSettings settings;
    private final Overview overview;
    private final StaticFiles files = new StaticFiles();
    private final AccessGuard guard;
    private final LiveFeed live = new LiveFeed(this::everything);
    private final ModelRoutes routes;
    private final ProbeRoutes probes;
    private final SampleRoutes samples;
    private final Map<String, Handler> reads;
    private final ScheduledExecutorService ticks;
    private final ScheduledFuture<?> tick;
    private final Javalin server;

    public WebServer(
            DashboardSettings settings,
            Models models,
            KafkaFeed feed,
            ExactReader exact,
            ImageSample sample,
            Clock clock) {
        this.settings = settings;
        this.overview = new Overview(settings, models, feed, live::clients, clock);
        this.guard = new AccessGuard(settings.access());
        this.routes = new ModelRoutes(models, exact);
        Probes encoders = new Probes(routes);
        this.probes = new ProbeRoutes(routes, encoders);
        this.samples = new SampleRoutes(routes, encoders, sample);
        this.reads = reads();
        this.server = Javalin.create(this::configure).start();
        this.ticks = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "dashboard-status");
            thread.setDaemon(true);
            return thread;
        });
        this.tick = ticks.scheduleWithFixedDelay(
                () -> live.publish(STATUS, statusEvent()), STATUS_MILLIS, STATUS_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.compressionStrategy = CompressionStrategy.NONE;
        config.http.maxRequestSize = MAX_BODY;
        config.http.prefer405over404 = true;
        config.jetty.threadPool = new QueuedThreadPool(THREADS, 8);
        config.jetty.host = settings.access().bindAddress();
        config.jetty.port = settings.access().port();
        config.jetty.modifyHttpConfiguration(http -> {
            http.setSendServerVersion(false);
            http.setRequestHeaderSize(16 << 10);
        });
        config.jetty.modifyServer(server -> server.setErrorHandler(Errors::answer));
        config.router.javaLangErrorHandler(Errors::answer);
        route(config.routes);
    }

    private void route(RoutesConfig on) {
        on.before(ctx -> {
            AccessGuard.harden(ctx);
            guard.check(ctx);
        });
        Errors.answer(on, MAX_BODY);
        on.get("/", ctx -> files.serve(ctx, "index.html"));
        on.get("/api", ctx -> ModelRoutes.json(ctx, paths()));
        reads.forEach(on::get);
        on.post(ENCODE, probes::encode);
        on.get("/{file}", ctx -> files.serve(ctx, ctx.pathParam("file")));
    }

    /** What can be read, by path; openapi.json documents every one. */
    private Map<String, Handler> reads() {
        Map<String, Handler> all = new LinkedHashMap<>();
        all.put("/healthz", overview::health);
        all.put("/api/live", live::serve);
        all.put("/api/status", ctx -> ModelRoutes.json(ctx, overview.status()));
        all.put("/api/models", ctx -> ModelRoutes.json(ctx, overview.models()));
        all.put("/api/rejected", ctx -> ModelRoutes.json(ctx, overview.rejected()));
        all.put("/api/versions", routes::versions);
        all.put("/api/series", routes::series);
        all.put("/api/activity.json", routes::activity);
        all.put("/api/atoms.bin", routes::atomsBinary);
        all.put("/api/atoms.png", routes::atomsPng);
        all.put("/api/atoms.npy", routes::atomsNpy);
        all.put("/api/atom-history.bin", routes::atomHistory);
        all.put("/api/diff", routes::diff);
        all.put("/api/class-means.bin", samples::classMeans);
        all.put("/api/distances.bin", samples::distances);
        return all;
    }

    private ObjectNode paths() {
        ObjectNode json = Json.object();
        ArrayNode paths = json.putArray("paths");
        reads.keySet().forEach(paths::add);
        paths.add(ENCODE);
        return json;
    }

    /** Tells the watching pages that a model has something new. */
    public void changed(ModelHistory model) {
        if (live.clients() > 0) {
            live.publish(MODEL + model.name(), modelEvent(model));
        }
    }

    /** Tells the watching pages that a model was deleted: in place of what still waits for them of it. */
    public void deleted(String model) {
        ObjectNode json = Json.object();
        json.put("name", model);
        live.publish(MODEL + model, new LiveFeed.Event("deleted", Json.bytes(json)));
    }

    /** The status, each model, and that these are all. */
    private Map<String, LiveFeed.Event> everything() {
        Map<String, LiveFeed.Event> all = new LinkedHashMap<>();
        all.put(STATUS, statusEvent());
        for (ModelHistory model : overview.histories()) {
            all.put(MODEL + model.name(), modelEvent(model));
        }
        all.put("told", new LiveFeed.Event("told", Json.bytes(Json.object())));
        return all;
    }

    private LiveFeed.Event modelEvent(ModelHistory model) {
        return new LiveFeed.Event("model", Json.bytes(overview.summary(model)));
    }

    private LiveFeed.Event statusEvent() {
        return new LiveFeed.Event("status", Json.bytes(overview.status()));
    }

    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        tick.cancel(false);
        ticks.shutdownNow();
        live.close();
        server.stop();
        LOG.debug("the dashboard's server has stopped");
    }
}
