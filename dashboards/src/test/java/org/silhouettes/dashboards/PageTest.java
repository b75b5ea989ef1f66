package org.silhouettes.dashboards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.silhouettes.dashboards.settings.DashboardSettings;
import org.silhouettes.dashboards.testing.FakeJob;
import org.silhouettes.dashboards.testing.LearnedModel;
import org.silhouettes.embedded.kafka.EmbeddedKafka;
import org.silhouettes.testkit.browser.Chromium;
import org.silhouettes.testkit.browser.PageDriver;
import org.silhouettes.testkit.browser.PageVisit;

/**
 * The page in a real browser, fed through a real broker by a stand-in for the job, whose numbers are known. The first tests
 * see the first images arrive and the last ones take away the broker and the dashboard; those between open the page anew and
 * need no other test.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PageTest {

    private static final int LAST = Integer.MAX_VALUE;

    @TempDir
    static Path folder;

    private static EmbeddedKafka broker;
    private static LearnedModel mnist;
    private static Dashboard dashboard;
    private static Chromium browser;
    private static PageDriver page;
    private static PageVisit visit;

    private int problemsBefore;

    /** A part of what the console may say in this test; null for none. */
    private String possibleProblem;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Chromium.find().isPresent(), Chromium.MISSING);
        broker = EmbeddedKafka.start(EmbeddedKafka.Settings.defaults().withDataFolder(folder.resolve("kafka")));
        dashboard =
                Dashboard.start(DashboardSettings.of(broker.bootstrapServers()).withPort(0));
        mnist = new LearnedModel(broker.bootstrapServers());
        browser = new Chromium(Chromium.find().get(), folder.resolve("profile"));
        page = new PageDriver(browser);
        visit = new PageVisit(browser, page);
    }

    @AfterAll
    static void stop() throws Exception {
        for (AutoCloseable part : Arrays.asList(browser, dashboard, mnist, broker)) {
            if (part != null) {
                part.close();
            }
        }
    }

    @BeforeEach
    void openTheNewestVersion(TestInfo test) throws Exception {
        problemsBefore = browser.problems().size();
        Order order = test.getTestMethod().orElseThrow().getAnnotation(Order.class);
        if (order == null || order.value() > 2) {
            mnist.learn();
            browser.open(dashboard.uri().resolve("/?model=mnist"));
            page.awaitShown(mnist.newest());
            browser.await("document.getElementById('notice').hidden");
        }
    }

    @AfterEach
    void theConsoleHasNoOtherProblem() {
        assertThat(browser.problems().stream().skip(problemsBefore))
                .allMatch(problem -> possibleProblem != null && problem.contains(possibleProblem));
    }

    @Test
    @Order(1)
    void reportsTheWarmUpBeforeThereIsAModel() throws Exception {
        browser.open(dashboard.uri());
        page.awaitState("waiting");
        page.awaitText("notice", "Nothing has arrived yet");
        mnist.warmUp(500);
        page.awaitText("groups", "500 of 2,000");
        page.shoot("warm-up");
    }

    @Test
    @Order(2)
    void showsAtomsFormingLive() throws Exception {
        mnist.learn();
        page.awaitShown(900);
        // the activity comes by a topic of its own, a little before or after the atoms
        browser.await("document.querySelector('[data-counter=images] dd').innerText === '57,600'");
        browser.await("document.querySelectorAll('.group')[7].innerText.includes('mostly 7')");
        visit.seesEveryPanel(10, 10);
        page.awaitText("rejects", "expects 784");
        page.shoot("live");
    }

    @Test
    void comparesANewVersionWithTheOneBefore() throws Exception {
        String before = String.format(Locale.ROOT, "since version %,d", mnist.newest());
        page.awaitText("moved-hint", "since version ");
        browser.evaluate("window.compared = new Set(), new MutationObserver(() =>"
                + " compared.add(document.getElementById('moved-hint').innerText.split(';')[0]))"
                + ".observe(document.getElementById('moved-hint'), {childList: true})");
        mnist.learnNextVersion();
        page.awaitShown(mnist.newest());
        page.awaitText("moved-hint", before + ";");
        assertThat(browser.evaluate("[...compared].join('; ')").asText()).isEqualTo(before);
    }

    @Test
    void stopsMotionWhereTheReaderWantsNone() throws Exception {
        mnist.learnNextVersion();
        visit.movesNothingForWhoeverWantsItSo();
    }

    @Test
    void goesBackInTimeWithEveryPanel() throws Exception {
        visit.goesToTheBeginning();
        browser.await("document.querySelector('[data-counter=images] dd').innerText === '0'");
        browser.await("[...document.querySelectorAll('.marker')].some(m => !m.hidden)");
        page.shoot("first-version");
        // a new version comes meanwhile: the view stays at the version that was chosen
        int versions = page.versions();
        mnist.learnNextVersion();
        browser.await("document.getElementById('slider').max === '" + versions + "'");
        assertThat(page.shown()).isZero();
    }

    @Test
    void playsEveryVersionToTheEnd() throws Exception {
        visit.goesToTheBeginning();
        assertThat(visit.plays()).isEqualTo(page.versions()).isGreaterThanOrEqualTo(25);
        page.awaitShown(mnist.newest());
    }

    @Test
    void opensAnAtomByKeyboard() throws Exception {
        visit.opensAnAtomByKeyboard(3, 32);
    }

    @Test
    void stepsThroughVersionsByKeys() throws Exception {
        visit.stepsByKeys();
    }

    @Test
    void choosesAClassByKeyboard() throws Exception {
        visit.choosesAClassByKeyboard("0", "1");
    }

    @Test
    void explainsADrawnSeven() throws Exception {
        visit.drawsASeven(15);
        browser.await("document.querySelector('.explain .row').innerText.startsWith('group 7')");
    }

    @Test
    void drawsByKeyboard() throws Exception {
        visit.drawsByKeyboard();
    }

    @Test
    void encodesADroppedImage() throws Exception {
        visit.dropsAnImage(15);
    }

    @Test
    void comparesDistances() throws Exception {
        visit.comparesDistances();
    }

    @Test
    void comparesWithTheFirstVersion() throws Exception {
        visit.comparesWithTheFirstVersion();
    }

    @Test
    void sharesAViewByItsUrl() throws Exception {
        browser.open(URI.create(dashboard.uri() + "?model=mnist&version=300&class=4&atom=5&tone=gray"));
        page.awaitShown(300);
        browser.await("document.querySelector('.tile[aria-pressed=true]')?.innerText.startsWith('4')");
        browser.await("document.getElementById('atom-title').innerText === 'Atom 5'");
        page.awaitText("units-hint", "class 4");
    }

    @Test
    void dropsADeletedModel() throws Exception {
        // what the page asked for while the model was deleted
        possibleProblem = "404 (Not Found) " + dashboard.uri().resolve("/api/");
        try (FakeJob passing = new FakeJob(broker.bootstrapServers(), "passing", 2, "a", "b")) {
            passing.snapshot(7);
            passing.flush();
            page.chooseModel("passing");
            page.awaitShown(7);
            passing.delete();
            passing.flush();
            page.awaitNoModel("passing");
            page.awaitText("groups", "or it was deleted");
        }
    }

    @Test
    void saysThatAtomsAreBeingLoaded() throws Exception {
        browser.evaluate("import('/atoms.js').then(atoms => {"
                + " atoms.renderAtoms({ summary: { phase: 'learning', version: 200 } });"
                + " window.loading = document.getElementById('groups').innerText; })");
        browser.await("window.loading?.startsWith('Loading version 200')");
    }

    @Test
    void showsHostileNamesAsText() throws Exception {
        String name = "<img src=x onerror=\"document.title='owned'\">/../%2f&'";
        String label = "<script>document.title='owned'</script>";
        try (FakeJob hostile =
                new FakeJob(broker.bootstrapServers(), name, 6, label, "b\"onmouseover=alert(1)", "\u202e3")) {
            hostile.snapshot(0);
            hostile.snapshot(50);
            hostile.rejected("<svg onload=document.title='owned'>");
            hostile.flush();
        }
        page.chooseModel("onerror");
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

    @Test
    void isAccessibleInEveryForm() throws Exception {
        visit.seesItInEveryForm(dashboard.uri().resolve("/?model=mnist"), 10);
    }

    @Test
    @Order(LAST - 1)
    void continuesAfterTheBrokerWasAway() throws Exception {
        broker.stop();
        try {
            page.awaitState("kafka-away");
            page.shoot("kafka-away");
        } finally {
            broker.resume();
        }
        mnist.learnNextVersion();
        page.awaitShown(mnist.newest());
        browser.await("document.getElementById('notice').hidden");
    }

    /** A dashboard that starts again knows the history; the page finds it, and stays at the version it was at. */
    @Test
    @Order(LAST)
    void continuesAfterTheDashboardWasAway() throws Exception {
        possibleProblem = "net::ERR_";
        page.slideTo(3);
        page.awaitShown(4);
        int port = dashboard.port();
        dashboard.close();
        try {
            page.awaitState("lost");
            page.awaitText("notice", "page continues");
        } finally {
            dashboard = Dashboard.start(
                    DashboardSettings.of(broker.bootstrapServers()).withPort(port));
        }
        browser.await("document.getElementById('notice').hidden");
        // while the history is read again, an earlier version may stand in for it
        page.awaitShown(4);
        page.slideTo(4);
        page.awaitShown(8);
        page.click("live");
        page.awaitShown(mnist.newest());
        mnist.learnNextVersion();
        page.awaitShown(mnist.newest());
    }
}
