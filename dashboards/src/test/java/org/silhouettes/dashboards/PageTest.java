package org.silhouettes.dashboards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.silhouettes.dashboards.testing.Chromium;
import org.silhouettes.dashboards.testing.FakeJob;
import org.silhouettes.dashboards.testing.TestBroker;

/** The page in a real browser, fed through a real broker by a stand-in for the job. */
class PageTest {

    private static final Path SHOTS = Path.of("target", "screenshots");

    @TempDir
    static Path folder;

    private static TestBroker broker;
    private static FakeJob mnist;
    private static Dashboard dashboard;
    private static Chromium browser;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(
                Chromium.find().isPresent(), "no Chromium on this machine: install it with apt-get install chromium");
        broker = new TestBroker(folder.resolve("kafka"));
        broker.createTopics("images", "dictionaries", "activity", "rejected");
        dashboard =
                Dashboard.start(DashboardSettings.of(broker.bootstrapServers()).withPort(0));
        mnist = new FakeJob(broker.bootstrapServers(), "mnist", 32, "0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
        browser = new Chromium(Chromium.find().get(), folder.resolve("profile"));
    }

    @AfterAll
    static void stop() throws Exception {
        if (browser != null) {
            browser.close();
        }
        if (dashboard != null) {
            dashboard.close();
        }
        if (mnist != null) {
            mnist.close();
        }
        if (broker != null) {
            broker.close();
        }
    }

    @Test
    void showsAtomsFormingLive() throws Exception {
        browser.size(1440, 900, false);
        browser.open(dashboard.uri());
        browser.await("document.getElementById('status').dataset.state === 'waiting'");
        browser.screenshot(SHOTS.resolve("01-waiting.png"), false);
        mnist.warmUp(500);
        browser.await("document.body.innerText.includes('500 of 2,000')");
        browser.screenshot(SHOTS.resolve("02-warm-up.png"), false);
        for (long version : new long[] {0, 1, 2, 4, 8, 16, 32}) {
            mnist.snapshot(version);
        }
        for (long version = 40; version <= 900; version += 10) {
            if (version % 50 == 0) {
                mnist.snapshot(version);
            } else {
                mnist.activity(version);
            }
        }
        mnist.rejected("image has 3072 values, model \"mnist\" expects 784 (28x28x1)");
        mnist.flush();
        browser.await("document.documentElement.dataset.shown === '900'");
        browser.await("document.querySelectorAll('.tile').length === 10");
        browser.await("document.querySelectorAll('.plot canvas').length === 6");
        Thread.sleep(500);
        browser.screenshot(SHOTS.resolve("03-live.png"), false);
        browser.screenshot(SHOTS.resolve("04-whole-page.png"), true);
        assertThat(browser.problems()).isEmpty();
    }
}
