package org.silhouettes.testkit.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.List;

/** What a visitor does on the page, panel by panel, and then has to see whatever model it shows. */
public final class PageVisit {

    private final Chromium browser;
    private final PageDriver page;

    public PageVisit(Chromium browser, PageDriver page) {
        this.browser = browser;
        this.page = page;
    }

    /** Goes to the first version, which the address then names. */
    public void goesToTheBeginning() throws Exception {
        page.slideTo(0);
        page.awaitShown(0);
        browser.await("location.search.includes('version=0')");
        assertThat(page.text("when")).isEqualTo("version 0 · 0 images");
        browser.await("document.getElementById('live').getAttribute('aria-pressed') === 'false'");
    }

    /** Plays to the newest version at four times the speed; returns how many versions were shown. */
    public int plays() throws Exception {
        browser.evaluate(
                "window.seen = new Set([document.documentElement.dataset.shown]); window.watcher = new MutationObserver(() =>"
                        + " seen.add(document.documentElement.dataset.shown));"
                        + " watcher.observe(document.documentElement, {attributeFilter: ['data-shown']})");
        browser.evaluate("document.getElementById('speed').value = '4'");
        page.click("play");
        page.awaitLive();
        browser.await("document.getElementById('play').textContent === '▶'");
        browser.await("document.getElementById('when').innerText.startsWith("
                + "`version ${Number(document.documentElement.dataset.shown).toLocaleString('en-US')} ·`)");
        return browser.evaluate("watcher.disconnect(), seen.size").asInt();
    }

    /** Waits until every panel that needs no action shows something: atoms, classes, their activity, numbers, movement. */
    public void seesEveryPanel(int groups, int classes) throws Exception {
        page.awaitCount(".group", groups);
        page.awaitCount(".tile", classes);
        browser.await("document.querySelectorAll('.tile canvas.absent').length === 0");
        browser.await("document.querySelectorAll('.chart:not([hidden]) .plot canvas').length >= 5");
        page.awaitCount("#heat-table tr", classes + 1);
        page.awaitText("facts", "history in memory");
        page.awaitCount(".moved", 15);
        for (String canvas : List.of(
                "document.querySelector('.group canvas')",
                "document.querySelector('.group canvas:last-child')",
                "document.querySelector('.tile canvas')",
                "document.querySelector('.tile canvas:last-child')",
                "document.getElementById('heat-canvas')",
                "document.getElementById('units-canvas')",
                "document.getElementById('shares-canvas')",
                "document.querySelector('.plot canvas')",
                "document.querySelector('.moved canvas')")) {
            page.awaitInk(canvas, 100);
        }
        page.awaitInk("document.querySelector('.model[aria-current=page] canvas')", 30);
    }

    /** Chooses the second atom of a group by the keyboard, goes through its history by it, and closes it again. */
    public void opensAnAtomByKeyboard(int group, int groupSize) throws Exception {
        browser.evaluate("document.querySelectorAll('.group canvas[tabindex]')[" + group + "].focus()");
        browser.press("ArrowRight");
        browser.press("ArrowRight");
        browser.await("!document.getElementById('drawer').hidden");
        page.awaitText("atom-title", "Atom " + (group * groupSize + 1));
        browser.await("document.querySelectorAll('#strip button').length >= 7");
        browser.await("['group " + group + "', 'most used by class', 'looks most like class'].every(said =>"
                + " document.getElementById('atom-line').innerText.includes(said))");
        page.shoot("atom");
        browser.press("Enter");
        browser.await("document.activeElement.closest('#strip') != null");
        long before = page.shown();
        browser.press("ArrowLeft");
        page.awaitShownBefore(before);
        browser.await("!document.getElementById('drawer').hidden");
        browser.evaluate("document.querySelectorAll('#strip button')[2].click()");
        page.awaitShown(2);
        browser.press("Escape");
        browser.await("document.getElementById('drawer').hidden");
        browser.await("document.activeElement.closest('.group') != null");
        page.click("live");
        page.awaitShownFrom(before);
    }

    /** Sees the live mark breathe, but not where the reader wants no motion. */
    public void movesNothingForWhoeverWantsItSo() throws Exception {
        String moving = "document.getAnimations().length";
        page.awaitState("live");
        browser.await(moving + " > 0");
        browser.prefer("prefers-reduced-motion", "reduce");
        browser.await(moving + " === 0");
        assertThat(page.text("status-word")).isEqualTo("live");
        browser.prefer("prefers-reduced-motion", "no-preference");
        browser.await(moving + " > 0");
    }

    /** Draws a seven; sees its code and the reconstruction of every layer. */
    public void drawsASeven(int layers) throws Exception {
        page.scrollTo("try");
        JsonNode box = browser.evaluate("(b => [b.left, b.top, b.width, b.height])"
                + "(document.getElementById('try-pad').getBoundingClientRect())");
        double left = box.path(0).asDouble();
        double top = box.path(1).asDouble();
        double side = box.path(2).asDouble();
        browser.mouse("mousePressed", left + side * 0.3, top + side * 0.25);
        browser.mouse("mouseMoved", left + side * 0.7, top + side * 0.25);
        browser.mouse("mouseMoved", left + side * 0.45, top + side * 0.85);
        browser.mouse("mouseReleased", left + side * 0.45, top + side * 0.85);
        page.awaitCount("#try-outcome .layers button", layers);
        browser.await("document.getElementById('try-outcome').getAttribute('aria-busy') === 'false'");
        browser.await("document.querySelector('.explain .row .atoms canvas') != null");
        page.shoot("try");
        browser.evaluate("document.querySelectorAll('#try-outcome .layers button')[0].click()");
        page.awaitText("try-outcome", "layer 1 of " + layers);
    }

    /** Draws a line by the keyboard alone. */
    public void drawsByKeyboard() throws Exception {
        page.click("try-clear");
        browser.evaluate("document.getElementById('try-pad').focus()");
        for (int i = 0; i < 8; i++) {
            browser.press("ArrowDown");
        }
        browser.await("document.querySelector('#try-outcome figure canvas') != null");
        browser.press("Delete");
        page.awaitText("try-outcome", "Draw in the black square");
    }

    /** Drops an image on the panel, a picture of a group's atoms, and then what is none. */
    public void dropsAnImage(int layers) throws Exception {
        drop("await (await fetch('/api/atoms.png' + location.search)).blob()", "atoms.png");
        page.awaitCount("#try-outcome .layers button", layers);
        page.awaitInk("document.getElementById('try-pad')", 1000);
        drop("'no picture'", "notes.txt");
        page.awaitText("try-outcome", "“notes.txt” is no image");
        page.click("try-clear");
    }

    private void drop(String content, String name) throws Exception {
        browser.evaluate(
                "(async () => { const dropped = new DataTransfer(); dropped.items.add(new File([" + content + "], '"
                        + name + "')); document.getElementById('try').dispatchEvent("
                        + "new DragEvent('drop', {dataTransfer: dropped})); })()");
    }

    public void comparesDistances() throws Exception {
        page.scrollTo("distances");
        page.awaitText("ratio-codes", "between");
        page.awaitInk("document.getElementById('matrix-pixels')", 1000);
        page.awaitInk("document.getElementById('matrix-codes')", 1000);
    }

    /** Compares with the first version instead of the one before. */
    public void comparesWithTheFirstVersion() throws Exception {
        page.choose("since", "0");
        browser.await("document.getElementById('moved-hint').innerText.startsWith('since version 0;')");
        page.awaitCount(".moved", 15);
    }

    /** Chooses a class in the heat map by the keyboard: it is marked everywhere, and in the address. */
    public void choosesAClassByKeyboard(String first, String second) throws Exception {
        browser.evaluate("document.getElementById('heat-canvas').focus()");
        browser.press("ArrowDown");
        page.awaitText("units-hint", "class " + first);
        browser.press("ArrowDown");
        page.awaitText("units-hint", "class " + second);
        browser.await("document.querySelector('.tile[aria-pressed=true] b').textContent === '" + second + "'");
        browser.await("location.search.includes('class=" + second + "')");
    }

    /** Steps through versions by keys that belong to no control. */
    public void stepsByKeys() throws Exception {
        browser.evaluate("document.activeElement.blur(), window.scrollTo(0, 0)");
        long newest = page.shown();
        browser.press("ArrowLeft");
        browser.await("new URLSearchParams(location.search).get('version') === document.documentElement.dataset.shown");
        long before = page.shown();
        browser.press("ArrowLeft");
        page.awaitShownBefore(before);
        browser.press("l");
        page.awaitLive();
        page.awaitShownFrom(newest);
    }

    /** Looks at an address in both themes and on two phones; each is there for everyone, see {@link AccessAudit}. */
    public void seesItInEveryForm(URI address, int classes) throws Exception {
        AccessAudit audit = new AccessAudit(browser);
        browser.size(1440, 1800, false);
        for (String theme : List.of("light", "dark")) {
            browser.prefer("prefers-color-scheme", theme);
            browser.open(address);
            browser.await("document.documentElement.dataset.theme === '" + theme + "'");
            page.awaitCount(".tile", classes);
            browser.await("document.querySelectorAll('.tile canvas.absent').length === 0");
            browser.await("!document.querySelector('#heat-canvas').hidden");
            assertThat(audit.findings()).as(theme).isEmpty();
            page.shoot(theme);
        }
        assertThat(audit.tabFindings()).isEmpty();
        for (int width : List.of(390, 360)) {
            browser.size(width, 844, true);
            browser.await("innerWidth === " + width + " && document.documentElement.scrollWidth <= " + width);
        }
        assertThat(audit.findings()).as("phone").isEmpty();
        page.shoot("phone");
        browser.size(1440, 900, false);
        browser.prefer("prefers-color-scheme", "light");
        browser.await("document.documentElement.dataset.theme === 'light'");
    }
}
