package org.silhouettes.dashboards.testing;

import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.silhouettes.dashboards.Dashboard;
import org.silhouettes.dashboards.settings.DashboardSettings;
import org.silhouettes.embedded.kafka.EmbeddedKafka;
import org.silhouettes.testkit.browser.RestClient;
import org.silhouettes.wire.Topics;

/**
 * A dashboard that was started after all had been written, over a real broker: 60 images and the versions 0 to 100 of a
 * model {@value #MODEL}, one reject, two records that cannot be read, and one version of a model of a hostile name.
 */
public final class ServedHistory implements AutoCloseable {

    /** 3 groups of 4; a report every 10 versions, a snapshot every 20. */
    public static final String MODEL = "digits";

    public static final String HOSTILE = "../<script>alert(1)</script>/%2e\"'& ü;\u2028";

    private final EmbeddedKafka broker;
    private final FakeJob job;
    private final Dashboard dashboard;
    private final RestClient rest;

    public ServedHistory(Path folder) throws Exception {
        broker = EmbeddedKafka.start(EmbeddedKafka.Settings.defaults().withDataFolder(folder));
        job = newJob(MODEL, 4, "0", "1", "2");
        for (int i = 0; i < 60; i++) {
            job.image(i % 3);
        }
        for (long version = 0; version <= 100; version += 10) {
            if (version % 20 == 0) {
                job.snapshot(version);
            } else {
                job.activity(version);
            }
        }
        job.rejected("<b>bad</b> picture");
        job.send(Topics.DICTIONARIES, MODEL + "/0", new byte[] {1, 2, 3}, Map.of("model", MODEL));
        job.send(Topics.ACTIVITY, MODEL, "not json".getBytes(StandardCharsets.UTF_8), Map.of());
        job.flush();
        try (FakeJob hostile = newJob(HOSTILE, 2, "a", "<img src=x onerror=alert(1)>")) {
            hostile.snapshot(0);
            hostile.flush();
        }
        dashboard =
                Dashboard.start(DashboardSettings.of(broker.bootstrapServers()).withPort(0));
        rest = new RestClient(dashboard.uri());
        await().atMost(60, TimeUnit.SECONDS)
                .until(() -> rest.json("/api/models").path("models").size() == 2
                        && rest.json("/api/status").path("progress").asDouble() == 1);
    }

    /** A stand-in for the job of another model on the same broker. */
    public FakeJob newJob(String model, int groupSize, String... labels) {
        return new FakeJob(broker.bootstrapServers(), model, groupSize, labels);
    }

    /** Who wrote {@value #MODEL}. */
    public FakeJob job() {
        return job;
    }

    public Dashboard dashboard() {
        return dashboard;
    }

    public RestClient rest() {
        return rest;
    }

    @Override
    public void close() {
        dashboard.close();
        job.close();
        broker.close();
    }
}
