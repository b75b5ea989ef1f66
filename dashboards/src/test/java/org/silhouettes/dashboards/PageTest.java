package org.silhouettes.dashboards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
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
        assumeTrue(Chromium.find().isPresent(), Chromium.MISSING);
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

    /** One visit from an empty Kafka on, since each step builds on what the one before has shown. */
    @Test
    void aVisitFromTheFirstImageOn() throws Exception {
        browser.size(1440, 900, false);
        saysWhatIsGoingOnBeforeThereIsAModel();
        showsAtomsFormingLive();
        goesBackInTimeWithEveryPanel();
        playsTheHistoryToItsEnd();
        opensAnAtomByKeyboard();
        encodesADrawing();
        comparesDistancesAndMovement();
        sharesAViewByItsUrl();
        showsHostileNamesAsText();
        fitsDarkAndAPhone();
        goesOnAfterTheBrokerWasAway();
    }

    private static void saysWhatIsGoingOnBeforeThereIsAModel() throws Exception {
        browser.open(dashboard.uri());
        browser.await("document.getElementById('status').dataset.state === 'waiting'");
        browser.await("document.getElementById('notice').innerText.includes('Nothing has arrived yet')");
        mnist.warmUp(500);
        browser.await("document.getElementById('groups').innerText.includes('500 of 2,000')");
        browser.screenshot(SHOTS.resolve("01-warm-up.png"), false);
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
        browser.await("document.documentElement.dataset.shown === '900'");
        browser.await("document.querySelectorAll('.tile').length === 10");
        browser.await("document.querySelectorAll('.group').length === 10");
        browser.await("[...document.querySelectorAll('.plot canvas')].length >= 5");
        browser.await("document.querySelectorAll('.tile canvas.absent').length === 0");
        // the activity comes by a topic of its own, a little before or after the atoms
        browser.await("document.querySelector('[data-counter=images] dd').innerText === '57,600'");
        browser.await("document.querySelectorAll('.group')[7].innerText.includes('mostly 7')");
        assertThat(inkOf("document.querySelector('.group canvas:last-child')")).isGreaterThan(1000);
        browser.screenshot(SHOTS.resolve("02-live.png"), false);
        mnist.snapshot(950);
        mnist.flush();
        browser.await("document.documentElement.dataset.shown === '950'");
    }

    /** How many pixels of a canvas differ from its first. */
    private static int inkOf(String canvas) throws Exception {
        return browser.evaluate("(c => { const d = new Uint32Array(c.getContext('2d')"
                        + ".getImageData(0, 0, c.width, c.height).data.buffer);"
                        + " return d.filter(v => v !== d[0]).length; })(" + canvas + ")")
                .asInt();
    }

    private static void goesBackInTimeWithEveryPanel() throws Exception {
        browser.evaluate("(s => { s.value = '0'; s.dispatchEvent(new Event('input')); })"
                + "(document.getElementById('slider'))");
        browser.await("document.documentElement.dataset.shown === '0'");
        browser.await("document.querySelector('[data-counter=images] dd').innerText === '0'");
        browser.await("location.search.includes('version=0')");
        assertThat(browser.evaluate("document.getElementById('when').innerText").asText())
                .isEqualTo("version 0 · 0 images");
        assertThat(browser.evaluate("document.getElementById('live').getAttribute('aria-pressed')")
                        .asText())
                .isEqualTo("false");
        browser.await("[...document.querySelectorAll('.marker')].some(m => !m.hidden)");
        browser.screenshot(SHOTS.resolve("03-first-version.png"), false);
        // a new version comes meanwhile: the view stays where it was put
        mnist.snapshot(1000);
        mnist.flush();
        browser.await("document.getElementById('slider').max === '26'");
        assertThat(browser.evaluate("document.documentElement.dataset.shown").asText())
                .isEqualTo("0");
    }

    private static void playsTheHistoryToItsEnd() throws Exception {
        browser.evaluate(
                "window.seen = new Set([document.documentElement.dataset.shown]); window.watcher = new MutationObserver(() =>"
                        + " seen.add(document.documentElement.dataset.shown));"
                        + " watcher.observe(document.documentElement, {attributeFilter: ['data-shown']})");
        browser.evaluate("document.getElementById('speed').value = '4'");
        browser.evaluate("document.getElementById('play').click()");
        browser.await("document.documentElement.dataset.shown === '1000'");
        browser.await("document.getElementById('live').getAttribute('aria-pressed') === 'true'");
        assertThat(browser.evaluate("watcher.disconnect(), seen.size").asInt()).isEqualTo(27);
    }

    private static void opensAnAtomByKeyboard() throws Exception {
        browser.evaluate("document.querySelectorAll('.group canvas[tabindex]')[3].focus()");
        browser.press("ArrowRight");
        browser.press("ArrowRight");
        browser.await("!document.getElementById('drawer').hidden");
        browser.await("document.getElementById('atom-title').innerText === 'Atom 97'");
        browser.await("document.querySelectorAll('#strip button').length >= 27");
        browser.await("['group 3', 'most used by class 3', 'looks most like class 3'].every(said =>"
                + " document.getElementById('atom-line').innerText.includes(said))");
        browser.screenshot(SHOTS.resolve("04-atom.png"), false);
        browser.evaluate("document.querySelectorAll('#strip button')[2].click()");
        browser.await("document.documentElement.dataset.shown === '2'");
        browser.press("Escape");
        browser.await("document.getElementById('drawer').hidden");
        browser.evaluate("document.getElementById('live').click()");
        browser.await("document.documentElement.dataset.shown === '1000'");
    }

    private static void encodesADrawing() throws Exception {
        browser.evaluate("document.getElementById('try').scrollIntoView({block: 'center'})");
        JsonNode box = browser.evaluate("(b => [b.left, b.top, b.width, b.height])"
                + "(document.getElementById('try-pad').getBoundingClientRect())");
        double left = box.path(0).asDouble();
        double top = box.path(1).asDouble();
        double side = box.path(2).asDouble();
        browser.mouse("mousePressed", left + side * 0.3, top + side * 0.25);
        browser.mouse("mouseMoved", left + side * 0.7, top + side * 0.25);
        browser.mouse("mouseMoved", left + side * 0.45, top + side * 0.85);
        browser.mouse("mouseReleased", left + side * 0.45, top + side * 0.85);
        browser.await("document.querySelectorAll('#try-outcome .layers button').length === 15");
        browser.await("document.querySelector('.explain .row')?.innerText.startsWith('group 7')");
        browser.screenshot(SHOTS.resolve("05-try.png"), false);
        browser.evaluate("document.querySelectorAll('#try-outcome .layers button')[0].click()");
        browser.await("document.getElementById('try-outcome').innerText.includes('layer 1 of 15')");
    }

    private static void comparesDistancesAndMovement() throws Exception {
        browser.evaluate("document.getElementById('distances').scrollIntoView()");
        browser.await("document.getElementById('ratio-codes').innerText.includes('between')");
        assertThat(inkOf("document.getElementById('matrix-codes')")).isGreaterThan(1000);
        browser.evaluate("(s => { s.value = '0'; s.dispatchEvent(new Event('change')); })"
                + "(document.getElementById('since'))");
        browser.await("document.getElementById('moved-hint').innerText.startsWith('since version 0;')");
        assertThat(browser.evaluate("document.querySelectorAll('.moved').length")
                        .asInt())
                .isEqualTo(12);
        browser.await("document.getElementById('rejects').innerText.includes('expects 784')");
        browser.evaluate("window.scrollTo(0, 0)");
    }

    private static void sharesAViewByItsUrl() throws Exception {
        browser.open(URI.create(dashboard.uri() + "?model=mnist&version=300&class=4&atom=5&tone=gray"));
        browser.await("document.documentElement.dataset.shown === '300'");
        browser.await("document.querySelector('.tile[aria-pressed=true]')?.innerText.startsWith('4')");
        browser.await("document.getElementById('atom-title').innerText === 'Atom 5'");
        browser.await("document.getElementById('units-hint').innerText.includes('class 4')");
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
        browser.await("document.querySelectorAll('.model').length === 2");
        browser.evaluate("[...document.querySelectorAll('.model')].find(m => !m.innerText.includes('mnist')).click()");
        browser.await(
                "document.documentElement.dataset.shown === '50' && document.querySelectorAll('.tile').length === 3");
        assertThat(browser.evaluate("[...document.querySelectorAll('.tile b')].map(b => b.textContent).join()")
                        .asText())
                .contains(label);
        browser.await("document.getElementById('rejects').innerText.includes('<svg onload')");
        assertThat(browser.evaluate("document.title").asText()).isEqualTo(name + " · silhouettes");
        assertThat(browser.evaluate("document.querySelectorAll('img, svg[onload], main script').length")
                        .asInt())
                .isZero();
        browser.screenshot(SHOTS.resolve("06-hostile.png"), false);
    }

    private static void fitsDarkAndAPhone() throws Exception {
        browser.colours("dark");
        browser.open(dashboard.uri().resolve("/?model=mnist"));
        browser.await("document.documentElement.dataset.theme === 'dark'");
        browser.await("document.documentElement.dataset.shown === '1000'");
        browser.await("document.querySelectorAll('.tile canvas.absent').length === 0");
        browser.screenshot(SHOTS.resolve("07-dark.png"), false);
        browser.size(390, 844, true);
        browser.await("document.documentElement.scrollWidth <= 390");
        browser.screenshot(SHOTS.resolve("08-phone.png"), true);
        browser.size(1440, 900, false);
        browser.colours("light");
    }

    private static void goesOnAfterTheBrokerWasAway() throws Exception {
        broker.stop();
        browser.await("document.getElementById('status').dataset.state === 'kafka-away'");
        browser.screenshot(SHOTS.resolve("09-kafka-away.png"), false);
        broker.start();
        mnist.snapshot(1050);
        mnist.flush();
        browser.await("document.documentElement.dataset.shown === '1050'");
        browser.await("document.getElementById('notice').hidden");
        assertThat(browser.problems()).isEmpty();
    }
}
