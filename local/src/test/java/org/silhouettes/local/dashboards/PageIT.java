package org.silhouettes.local.dashboards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.silhouettes.dashboards.Dashboard;
import org.silhouettes.dashboards.DashboardSettings;
import org.silhouettes.dashboards.testing.Chromium;
import org.silhouettes.local.EmbeddedFlink;
import org.silhouettes.local.EmbeddedKafka;
import org.silhouettes.local.LocalJob;
import org.silhouettes.local.testing.ShapeImages;
import org.silhouettes.producers.dataset.DatasetOptions;
import org.silhouettes.producers.dataset.Datasets;
import org.silhouettes.producers.replay.ImageProducer;
import org.silhouettes.producers.replay.Pacing;
import org.silhouettes.producers.replay.Progress;
import org.silhouettes.producers.replay.Replay;
import org.silhouettes.producers.replay.ReplayOptions;
import org.silhouettes.producers.replay.ReplayReport;

/** The page in a real browser, while the real job learns from drawn characters: what a demo shows. */
class PageIT {

    private static final String MODEL = "glyphs";
    private static final Map<String, String> OPTIONS = Map.of(
            "model.groups", "5",
            "model.group-size", "8",
            "model.batch", "32",
            "encoder.lambda", "1",
            "init.method", "kmeans",
            "init.warm-up", "320",
            "snapshot.every", "5",
            "activity.every", "5",
            "checkpoint.interval", "500 ms");

    @TempDir
    private Path folder;

    private Chromium browser;
    private Dashboard dashboard;

    @Test
    void aVisitWhileAModelLearns() throws Exception {
        assumeTrue(Chromium.find().isPresent(), Chromium.MISSING);
        try (EmbeddedKafka kafka = EmbeddedKafka.start();
                EmbeddedFlink flink = EmbeddedFlink.start(EmbeddedFlink.Settings.defaults());
                Dashboard page = Dashboard.start(DashboardSettings.of(kafka.bootstrapServers())
                        .withPort(0)
                        .withFlinkRest(flink.uri()));
                Chromium chromium = new Chromium(Chromium.find().get(), folder.resolve("profile"))) {
            dashboard = page;
            browser = chromium;
            browser.size(1440, 900, false);
            browser.open(page.uri());
            saysThatItWaits();
            JobID job = LocalJob.start(flink, LocalJob.settings(OPTIONS, kafka.bootstrapServers()), Optional.empty());
            whileStreaming(kafka, () -> {
                showsAtomsAndMovesOnByItself();
                goesBackByTheSliderWhileTheModelLearnsOn();
                playsToTheNewest();
                showsAMarkedVersionByItsAddress();
            });
            goesOnWhenKafkaIsBack(kafka);
            takesHostileNamesAsText(kafka);
            flink.cancel(job);
            browser.await("document.getElementById('status').dataset.state === 'job-down'"
                    + " && document.getElementById('notice').innerText.includes('cancel')");
            browser.screenshot(Path.of("target", "screenshots", "real-job.png"), true);
            assertThat(browser.problems()).isEmpty();
        }
    }

    private interface Visit {
        void run() throws Exception;
    }

    private void whileStreaming(EmbeddedKafka kafka, Visit visit) throws Exception {
        ReplayOptions options = ReplayOptions.builder()
                .models(MODEL)
                .pacing(new Pacing.Rate(400))
                .build();
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try (Producer<byte[], byte[]> producer = ImageProducer.connect(kafka.bootstrapServers(), Map.of())) {
            Replay replay =
                    new Replay(Datasets.open("glyphs", DatasetOptions.usual()), options, producer, Progress.silent());
            Future<ReplayReport> streaming = executor.submit(replay::run);
            try {
                visit.run();
            } finally {
                replay.stop();
                streaming.get(1, TimeUnit.MINUTES);
            }
        } finally {
            executor.shutdownNow();
        }
    }

    private void saysThatItWaits() throws Exception {
        browser.await("document.getElementById('status').dataset.state !== 'connecting'");
        browser.await("document.getElementById('groups').innerText.includes('No model yet')");
    }

    private void showsAtomsAndMovesOnByItself() throws Exception {
        browser.await("document.querySelectorAll('.group').length === 5");
        browser.await("document.querySelectorAll('.tile').length === 10");
        browser.await("document.querySelectorAll('.plot canvas').length >= 5");
        browser.await("document.getElementById('status').dataset.state === 'live'");
        long before = shown();
        browser.await("Number(document.documentElement.dataset.shown) >= " + (before + 20));
        browser.await("document.getElementById('facts').innerText.toLowerCase().includes('checkpoint')");
        assertThat(browser.evaluate("new Set(new Uint32Array(document.querySelector('.group canvas:last-child')"
                                + ".getContext('2d').getImageData(0, 0, 100, 28).data.buffer)).size")
                        .asInt())
                .isGreaterThan(20);
    }

    private void goesBackByTheSliderWhileTheModelLearnsOn() throws Exception {
        browser.evaluate("(s => { s.value = '0'; s.dispatchEvent(new Event('input')); })"
                + "(document.getElementById('slider'))");
        browser.await("document.documentElement.dataset.shown === '0'");
        browser.await("location.search.includes('version=0')");
        int stops = browser.evaluate("Number(document.getElementById('slider').max)")
                .asInt();
        browser.await("Number(document.getElementById('slider').max) > " + stops);
        assertThat(shown()).isZero();
        assertThat(browser.evaluate("document.getElementById('when').innerText").asText())
                .isEqualTo("version 0 · 0 images");
    }

    private void playsToTheNewest() throws Exception {
        browser.evaluate(
                "window.seen = new Set([document.documentElement.dataset.shown]); window.watcher = new MutationObserver(() =>"
                        + " seen.add(document.documentElement.dataset.shown));"
                        + " watcher.observe(document.documentElement, {attributeFilter: ['data-shown']})");
        browser.evaluate("document.getElementById('speed').value = '4'");
        browser.evaluate("document.getElementById('play').click()");
        browser.await("document.getElementById('live').getAttribute('aria-pressed') === 'true'");
        assertThat(browser.evaluate("watcher.disconnect(), seen.size").asInt()).isGreaterThan(8);
    }

    private void showsAMarkedVersionByItsAddress() throws Exception {
        browser.open(URI.create(dashboard.uri() + "?model=" + MODEL + "&version=16&class=3&atom=9"));
        browser.await("document.documentElement.dataset.shown === '16'");
        browser.await("document.querySelector('.tile[aria-pressed=true]')?.innerText.startsWith('3')");
        browser.await("document.getElementById('atom-title').innerText === 'Atom 9'");
        assertThat(browser.evaluate("document.getElementById('when').innerText").asText())
                .isEqualTo("version 16 · 512 images");
        browser.evaluate("document.getElementById('live').click()");
        browser.await("Number(document.documentElement.dataset.shown) > 16");
    }

    private void goesOnWhenKafkaIsBack(EmbeddedKafka kafka) throws Exception {
        long before = shown();
        kafka.stop();
        browser.await("document.getElementById('status').dataset.state === 'kafka-away'");
        kafka.resume();
        whileStreaming(
                kafka,
                () -> browser.await("document.getElementById('status').dataset.state === 'live'"
                        + " && Number(document.documentElement.dataset.shown) >= " + (before + 20)));
    }

    private void takesHostileNamesAsText(EmbeddedKafka kafka) throws Exception {
        int models = HostileImages.MODELS.size();
        send(kafka, HostileImages.MODELS, 1);
        browser.await("document.querySelectorAll('.model').length === " + (models + 1));
        List<String> addresses = new ArrayList<>();
        browser.evaluate("[...document.querySelectorAll('.model')].filter(m => m.innerText.includes('1 of 320'))"
                        + ".map(m => m.href)")
                .forEach(address -> addresses.add(address.asText()));
        assertThat(addresses).as("models in their warm-up").hasSize(models);
        List<String> titles = new ArrayList<>();
        for (String address : addresses) {
            browser.open(URI.create(address));
            browser.await("document.getElementById('groups').innerText.includes('1 of 320')");
            titles.add(browser.evaluate("document.title").asText());
        }
        assertThat(titles)
                .containsExactlyInAnyOrderElementsOf(HostileImages.MODELS.stream()
                        .map(name -> name + " · silhouettes")
                        .toList());
        send(kafka, HostileImages.MODELS.subList(0, 1), 352);
        browser.open(URI.create(addresses.get(titles.indexOf(HostileImages.MODELS.get(0) + " · silhouettes"))));
        browser.await("document.querySelectorAll('.tile').length === 4");
        assertThat(browser.evaluate("[...document.querySelectorAll('.tile b')].map(b => b.textContent)"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrderElementsOf(HostileImages.MODELS.subList(0, 4));
        assertThat(browser.evaluate("document.querySelectorAll('img, main script').length")
                        .asInt())
                .isZero();
        browser.screenshot(Path.of("target", "screenshots", "hostile.png"), false);
        browser.open(URI.create(dashboard.uri() + "?model=" + MODEL));
        browser.await("document.querySelectorAll('.tile').length === 10");
        browser.evaluate("document.getElementById('distances').scrollIntoView()");
        browser.await("document.getElementById('ratio-codes').innerText.includes('between')");
    }

    private static void send(EmbeddedKafka kafka, List<String> models, int images) throws Exception {
        ReplayOptions options = ReplayOptions.builder()
                .models(models)
                .images(images)
                .flush(false)
                .build();
        try (Producer<byte[], byte[]> producer = ImageProducer.connect(kafka.bootstrapServers(), Map.of())) {
            new Replay(new HostileImages(new ShapeImages(1, images)), options, producer, Progress.silent()).run();
        }
    }

    private long shown() throws Exception {
        return browser.evaluate("Number(document.documentElement.dataset.shown)")
                .asLong();
    }
}
