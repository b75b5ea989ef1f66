package org.silhouettes.dashboards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.silhouettes.dashboards.testing.FakeJob;
import org.silhouettes.embedded.kafka.EmbeddedKafka;
import org.silhouettes.testkit.browser.Chromium;
import org.silhouettes.testkit.browser.PageDriver;
import org.silhouettes.testkit.browser.PageVisit;

/** The page in a real browser, fed through a real broker by a stand-in for the job, whose numbers are known. */
class PageTest {

    @TempDir
    static Path folder;

    private static EmbeddedKafka broker;
    private static FakeJob mnist;
    private static Dashboard dashboard;
    private static Chromium browser;
    private static PageDriver page;
    private static PageVisit visit;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Chromium.find().isPresent(), Chromium.MISSING);
        broker = EmbeddedKafka.start(EmbeddedKafka.Settings.defaults().withDataFolder(folder.resolve("kafka")));
        dashboard =
                Dashboard.start(DashboardSettings.of(broker.bootstrapServers()).withPort(0));
        mnist = new FakeJob(broker.bootstrapServers(), "mnist", 32, "0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
        browser = new Chromium(Chromium.find().get(), folder.resolve("profile"));
        page = new PageDriver(browser);
        visit = new PageVisit(browser, page);
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

    /** One visit from an empty Kafka on, since each step builds on what the one before has shown. */
    @Test
    void aVisitFromTheFirstImageOn() throws Exception {
        saysWhatIsGoingOnBeforeThereIsAModel();
        showsAtomsFormingLive();
        visit.movesNothingForWhoeverWantsItSo();
        goesBackInTimeWithEveryPanel();
        playsEveryVersionToTheEnd();
        visit.opensAnAtomByKeyboard(3, 32);
        visit.stepsByKeys();
        visit.choosesAClassByKeyboard("0", "1");
        visit.drawsASeven(15);
        browser.await("document.querySelector('.explain .row').innerText.startsWith('group 7')");
        visit.drawsByKeyboard();
        visit.dropsAnImage(15);
        visit.comparesDistances();
        visit.comparesWithTheFirstVersion();
        page.awaitText("rejects", "expects 784");
        sharesAViewByItsUrl();
        showsHostileNamesAsText();
        dropsADeletedModel();
        saysThatAtomsAreBeingLoaded();
        visit.seesItInEveryForm(dashboard.uri().resolve("/?model=mnist"), 10);
        goesOnAfterTheBrokerWasAway();
        assertThat(browser.problems()).isEmpty();
        goesOnAfterTheDashboardWasAway();
    }

    private static void saysWhatIsGoingOnBeforeThereIsAModel() throws Exception {
        browser.open(dashboard.uri());
        page.awaitState("waiting");
        page.awaitText("notice", "Nothing has arrived yet");
        mnist.warmUp(500);
        page.awaitText("groups", "500 of 2,000");
        page.shoot("warm-up");
    }

    private static void showsAtomsFormingLive() throws Exception {
        for (int i = 0; i < 300; i++) {
            mnist.image(i % 10);
        }
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
        page.awaitShown(900);
        // the activity comes by a topic of its own, a little before or after the atoms
        browser.await("document.querySelector('[data-counter=images] dd').innerText === '57,600'");
        browser.await("document.querySelectorAll('.group')[7].innerText.includes('mostly 7')");
        visit.seesEveryPanel(10, 10);
        page.shoot("live");
        comparesWhatComesWithTheVersionBefore();
    }

    private static void comparesWhatComesWithTheVersionBefore() throws Exception {
        page.awaitText("moved-hint", "since version 850;");
        browser.evaluate("window.compared = new Set(), new MutationObserver(() =>"
                + " compared.add(document.getElementById('moved-hint').innerText.split(';')[0]))"
                + ".observe(document.getElementById('moved-hint'), {childList: true})");
        mnist.snapshot(950);
        mnist.flush();
        page.awaitShown(950);
        page.awaitText("moved-hint", "since version 900;");
        assertThat(browser.evaluate("[...compared].join()").asText()).isEqualTo("since version 900");
    }

    private static void goesBackInTimeWithEveryPanel() throws Exception {
        visit.goesToTheBeginning();
        browser.await("document.querySelector('[data-counter=images] dd').innerText === '0'");
        browser.await("[...document.querySelectorAll('.marker')].some(m => !m.hidden)");
        page.shoot("first-version");
        // a new version comes meanwhile: the view stays where it was put
        mnist.snapshot(1000);
        mnist.flush();
        browser.await("document.getElementById('slider').max === '26'");
        assertThat(page.shown()).isZero();
    }

    private static void playsEveryVersionToTheEnd() throws Exception {
        assertThat(visit.plays()).isEqualTo(27);
        page.awaitShown(1000);
    }

    private static void sharesAViewByItsUrl() throws Exception {
        browser.open(URI.create(dashboard.uri() + "?model=mnist&version=300&class=4&atom=5&tone=gray"));
        page.awaitShown(300);
        browser.await("document.querySelector('.tile[aria-pressed=true]')?.innerText.startsWith('4')");
        browser.await("document.getElementById('atom-title').innerText === 'Atom 5'");
        page.awaitText("units-hint", "class 4");
    }

    private static void dropsADeletedModel() throws Exception {
        try (FakeJob passing = new FakeJob(broker.bootstrapServers(), "passing", 2, "a", "b")) {
            passing.snapshot(7);
            passing.flush();
            page.awaitCount(".model", 3);
            browser.evaluate(
                    "[...document.querySelectorAll('.model')].find(m => m.innerText.includes('passing')).click()");
            page.awaitShown(7);
            passing.delete();
            passing.flush();
            page.awaitCount(".model", 2);
            page.awaitText("groups", "or it was deleted");
        }
    }

    private static void saysThatAtomsAreBeingLoaded() throws Exception {
        browser.evaluate("import('/atoms.js').then(atoms => {"
                + " atoms.renderAtoms({ summary: { phase: 'learning', version: 200 } });"
                + " window.loading = document.getElementById('groups').innerText; })");
        browser.await("window.loading?.startsWith('Loading version 200')");
    }

    private static void showsHostileNamesAsText() throws Exception {
        String name = "<img src=x onerror=\"document.title='owned'\">/../%2f&'";
        String label = "<script>document.title='owned'</script>";
        try (FakeJob hostile =
                new FakeJob(broker.bootstrapServers(), name, 6, label, "b\"onmouseover=alert(1)", "\u202e3")) {
            hostile.snapshot(0);
            hostile.snapshot(50);
            hostile.rejected("<svg onload=document.title='owned'>");
            hostile.flush();
        }
        page.awaitCount(".model", 2);
        browser.evaluate("[...document.querySelectorAll('.model')].find(m => !m.innerText.includes('mnist')).click()");
        page.awaitShown(50);
        page.awaitCount(".tile", 3);
        assertThat(browser.evaluate("[...document.querySelectorAll('.tile b')].map(b => b.textContent).join()")
                        .asText())
                .contains(label);
        page.awaitText("rejects", "<svg onload");
        assertThat(browser.evaluate("document.title").asText()).isEqualTo(name + " · silhouettes");
        assertThat(browser.evaluate("document.querySelectorAll('img, svg[onload], main script').length")
                        .asInt())
                .isZero();
        page.shoot("hostile");
    }

    private static void goesOnAfterTheBrokerWasAway() throws Exception {
        broker.stop();
        page.awaitState("kafka-away");
        page.shoot("kafka-away");
        broker.resume();
        mnist.snapshot(1050);
        mnist.flush();
        page.awaitShown(1050);
        browser.await("document.getElementById('notice').hidden");
    }

    /** A dashboard that starts again knows the history; the page finds it, and stays at the version it was at. */
    private static void goesOnAfterTheDashboardWasAway() throws Exception {
        page.slideTo(3);
        page.awaitShown(4);
        int port = dashboard.port();
        dashboard.close();
        page.awaitState("lost");
        page.awaitText("notice", "goes on by itself");
        dashboard =
                Dashboard.start(DashboardSettings.of(broker.bootstrapServers()).withPort(port));
        browser.await("document.getElementById('notice').hidden");
        // while the history is read again, an earlier version may stand in for it
        page.awaitShown(4);
        page.slideTo(4);
        page.awaitShown(8);
        page.click("live");
        page.awaitShown(1050);
        mnist.snapshot(1100);
        mnist.flush();
        page.awaitShown(1100);
        assertThat(browser.problems()).allMatch(problem -> problem.contains("net::ERR_"));
    }
}
