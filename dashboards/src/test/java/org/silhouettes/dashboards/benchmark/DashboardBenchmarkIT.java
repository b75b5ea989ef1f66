package org.silhouettes.dashboards.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.assertj.core.api.SoftAssertions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.silhouettes.dashboards.settings.DashboardSettings;
import org.silhouettes.dashboards.testing.FakeJob;
import org.silhouettes.dashboards.testing.Watchers;
import org.silhouettes.embedded.kafka.EmbeddedKafka;
import org.silhouettes.testkit.browser.Chromium;

/**
 * How fast and how small the dashboard is over a long history: 10 groups of 32 atoms of 28 × 28 values, a snapshot every
 * fifty versions and an activity record every ten, as the job writes them. It prints what it measures and fails where a
 * goal is missed. Run it with {@code mvn -Pdashboard-benchmark verify -pl dashboards -am}.
 */
@Tag("dashboard-benchmark")
class DashboardBenchmarkIT {

    private static final long HISTORY = 100_000_000;
    private static final String HEAP = "192m";
    private static final int CLIENTS = 50;
    private static final int ROUNDS = 20;
    private static final int FLOOD = 4000;
    private static final int PLAYS = 3;

    /** What the heap may hold besides the history: the server, Kafka's clients, the sample of images, 24 MB. */
    private static final long BESIDE_HISTORY = 48 << 20;

    @TempDir
    private Path folder;

    /** Told together at the end, so that a missed one does not keep the other figures back. */
    private final SoftAssertions goals = new SoftAssertions();

    private FakeJob job;
    private long version;

    @Test
    void aLongHistoryIsShownAtOncePlayedSmoothlyAndHeldInBoundedMemory() throws Exception {
        assumeTrue(Chromium.find().isPresent(), Chromium.MISSING);
        try (EmbeddedKafka broker =
                        EmbeddedKafka.start(EmbeddedKafka.Settings.defaults().withDataFolder(folder.resolve("kafka")));
                FakeJob made = new FakeJob(
                        broker.bootstrapServers(), "mnist", 32, "0", "1", "2", "3", "4", "5", "6", "7", "8", "9")) {
            job = made;
            for (int i = 0; i < 600; i++) {
                job.image(i % 10);
            }
            fill();
            try (DashboardProcess dashboard = rebuilt(broker);
                    Chromium browser = new Chromium(Chromium.find().get(), folder.resolve("profile"))) {
                browser.size(1440, 900, false);
                PageMeter meter = new PageMeter(browser);
                // the visitor's browser runs already, and has something else open
                browser.open(dashboard.uri().resolve("/api/status"));
                paints(meter, dashboard.uri());
                plays(meter);
                browser.open(URI.create("about:blank"));
                heap(dashboard);
                serves(dashboard);
                assertThat(browser.problems()).isEmpty();
            }
            goals.assertAll();
        }
    }

    /** Writes another {@value #HISTORY} bytes of history. */
    private void fill() throws Exception {
        for (long end = job.bytes() + HISTORY; job.bytes() < end; version += 10) {
            if (version % 50 == 0) {
                job.snapshot(version);
                job.flush();
            } else {
                job.activity(version);
            }
        }
        job.flush();
        say("history in Kafka: %.0f MB, %d versions", job.bytes() / 1e6, version / 50 + 1);
    }

    private DashboardProcess rebuilt(EmbeddedKafka broker) throws Exception {
        long start = System.nanoTime();
        DashboardProcess dashboard = DashboardProcess.start(broker.bootstrapServers(), HEAP);
        assertThat(dashboard.rest().get("/").statusCode()).isEqualTo(200);
        say("a restarted dashboard serves the page after %.1f s", secondsSince(start));
        Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> dashboard
                .rest()
                .json("/api/models")
                .path("models")
                .path(0)
                .has("version"));
        say("the first version can be seen after %.1f s", secondsSince(start));
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(() -> status(dashboard).path("progress").asDouble() == 1);
        say("all of the history has been read after %.1f s", secondsSince(start));
        return dashboard;
    }

    private void paints(PageMeter meter, URI address) throws Exception {
        List<PageMeter.Visit> visits = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            visits.add(meter.visit(address));
            say(
                    "visit %d: first contentful paint after %.0f ms, atoms after %.0f ms",
                    i + 1, visits.get(i).firstPaint(), visits.get(i).atoms());
        }
        visits.forEach(visit -> goals.assertThat(visit.firstPaint()).isLessThan(1000));
    }

    /** Of {@value #PLAYS} plays at a speed, the median counts: other processes may take a moment of one. */
    private void plays(PageMeter meter) throws Exception {
        for (String speed : List.of("1", "4")) {
            List<Double> p95 = new ArrayList<>();
            List<Double> main = new ArrayList<>();
            for (int i = 0; i < PLAYS; i++) {
                PageMeter.Play play = meter.play(speed);
                say(
                        "play at %s×, %.1f s: %.1f versions a second; from frame to frame %.1f ms (median), %.1f ms (95th"
                                + " percentile); main thread %.1f ms a frame, script %.1f ms of it",
                        speed,
                        play.seconds(),
                        play.versionsPerSecond(),
                        play.median(),
                        play.p95(),
                        play.mainMillis(),
                        play.scriptMillis());
                p95.add(play.p95());
                main.add(play.mainMillis());
            }
            goals.assertThat(median(p95.stream().sorted().toList()))
                    .as("milliseconds between frames at %s×, 95th percentile", speed)
                    .isLessThan(20);
            goals.assertThat(median(main.stream().sorted().toList()))
                    .as("milliseconds of the main thread a frame at %s×", speed)
                    .isLessThan(1000.0 / 60);
        }
    }

    /** Four times the history, more than memory may hold: the heap follows the bound of the history, not Kafka. */
    private void heap(DashboardProcess dashboard) throws Exception {
        heapNow(dashboard);
        fill();
        heapNow(dashboard);
        fill();
        fill();
        goals.assertThat(heapNow(dashboard)).isLessThan(DashboardSettings.DEFAULT_HISTORY_BYTES + BESIDE_HISTORY);
    }

    private long heapNow(DashboardProcess dashboard) throws Exception {
        awaitNewest(dashboard, version - 10);
        JsonNode status = status(dashboard);
        long heap = dashboard.heapBytes();
        say(
                "heap after a collection, with %.0f MB in Kafka: %.0f MB; history %.0f of %.0f MB",
                job.bytes() / 1e6,
                heap / 1e6,
                status.path("historyBytes").asDouble() / 1e6,
                status.path("historyBound").asDouble() / 1e6);
        return heap;
    }

    private void serves(DashboardProcess dashboard) throws Exception {
        try (Watchers watchers = new Watchers(dashboard.uri(), CLIENTS)) {
            say("heap with %d clients: %.0f MB", CLIENTS, dashboard.heapBytes() / 1e6);
            List<Long> alone = latencies(watchers);
            say(
                    "a new version reaches %d clients after %d ms (median), %d ms (last of all)",
                    CLIENTS, median(alone), alone.get(alone.size() - 1));
            try (Socket deaf = Watchers.deaf(dashboard.uri())) {
                flood(dashboard);
                List<Long> others = latencies(watchers);
                say(
                        "next to one that reads nothing: %d ms (median), %d ms (last of all)",
                        median(others), others.get(others.size() - 1));
                goals.assertThat(status(dashboard).path("clients").asInt()).isEqualTo(CLIENTS + 1);
                goals.assertThat(others.get(others.size() - 1)).isLessThan(1000);
            }
            goals.assertThat(alone.get(alone.size() - 1)).isLessThan(1000);
        }
    }

    /** Number of events that fill the buffers of a client that reads none. */
    private void flood(DashboardProcess dashboard) throws Exception {
        for (int i = 0; i < FLOOD; i++) {
            version++;
            job.activity(version);
        }
        job.flush();
        awaitNewest(dashboard, version);
    }

    private List<Long> latencies(Watchers watchers) throws Exception {
        List<Long> all = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            version++;
            watchers.expect(version);
            long start = System.nanoTime();
            job.snapshot(version);
            job.flush();
            all.addAll(watchers.await(version, start));
        }
        return all.stream().sorted().toList();
    }

    private void awaitNewest(DashboardProcess dashboard, long newest) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(() -> dashboard
                                .rest()
                                .json("/api/models")
                                .path("models")
                                .path(0)
                                .path("activityVersion")
                                .asLong()
                        >= newest);
    }

    private static JsonNode status(DashboardProcess dashboard) throws Exception {
        return dashboard.rest().json("/api/status");
    }

    private static <T> T median(List<T> sorted) {
        return sorted.get(sorted.size() / 2);
    }

    private static double secondsSince(long startNanos) {
        return (System.nanoTime() - startNanos) / 1e9;
    }

    private static void say(String format, Object... values) {
        System.out.println("dashboard: " + String.format(Locale.ROOT, format, values));
    }
}
