package org.silhouettes.testkit.browser;

import java.nio.file.Path;

/** A visitor's hands and eyes on the page. */
public final class PageDriver {

    private static final Path SHOTS = Path.of("target", "screenshots");

    private final Chromium browser;

    public PageDriver(Chromium browser) throws Exception {
        this.browser = browser;
        browser.size(1440, 900, false);
    }

    /** Writes what the window shows into a PNG of that name. */
    public void shoot(String name) throws Exception {
        browser.screenshot(SHOTS.resolve(name + ".png"));
    }

    /** The version shown. */
    public long shown() throws Exception {
        return browser.evaluate("Number(document.documentElement.dataset.shown)")
                .asLong();
    }

    public void awaitShown(long version) throws Exception {
        browser.await("document.documentElement.dataset.shown === '" + version + "'");
    }

    /** Waits until that version or a later one is shown. */
    public void awaitShownFrom(long version) throws Exception {
        browser.await("Number(document.documentElement.dataset.shown) >= " + version);
    }

    /** Waits until an earlier version than that is shown. */
    public void awaitShownBefore(long version) throws Exception {
        browser.await("Number(document.documentElement.dataset.shown) < " + version);
    }

    public void awaitState(String state) throws Exception {
        browser.await("document.getElementById('status').dataset.state === '" + state + "'");
    }

    /** Waits until the element of that id has a text with this in it. */
    public void awaitText(String id, String part) throws Exception {
        browser.await("document.getElementById('" + id + "').innerText.includes(" + quoted(part) + ")");
    }

    public void awaitCount(String selector, int number) throws Exception {
        browser.await("document.querySelectorAll(" + quoted(selector) + ").length === " + number);
    }

    public String text(String id) throws Exception {
        return browser.evaluate("document.getElementById('" + id + "').innerText")
                .asText();
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    public void click(String id) throws Exception {
        browser.evaluate("document.getElementById('" + id + "').click()");
    }

    /** Chooses an option of a drop-down list. */
    public void choose(String id, String value) throws Exception {
        set(id, value, "change");
    }

    /** Chooses the model whose name contains that text. */
    public void chooseModel(String name) throws Exception {
        browser.await(modelLink(name));
        browser.evaluate(modelLink(name) + ".click()");
    }

    public void awaitNoModel(String name) throws Exception {
        browser.await("!" + modelLink(name));
    }

    private static String modelLink(String name) {
        return "[...document.querySelectorAll('.model')].find(m => m.innerText.includes(" + quoted(name) + "))";
    }

    /** The number of versions in the timeline. */
    public int versions() throws Exception {
        return 1
                + browser.evaluate("Number(document.getElementById('slider').max)")
                        .asInt();
    }

    /** Moves the slider of time to a stop; 0 is the first version. */
    public void slideTo(int stop) throws Exception {
        set("slider", String.valueOf(stop), "input");
    }

    private void set(String id, String value, String event) throws Exception {
        browser.evaluate("(control => { control.value = '" + value + "'; control.dispatchEvent(new Event('" + event
                + "')); })(document.getElementById('" + id + "'))");
    }

    public void scrollTo(String id) throws Exception {
        browser.evaluate("document.getElementById('" + id + "').scrollIntoView({block: 'center'})");
    }

    /** Waits until the page follows the stream. */
    public void awaitLive() throws Exception {
        browser.await("document.getElementById('live').getAttribute('aria-pressed') === 'true'");
    }

    /** Waits until at least the given number of pixels of a canvas, an expression, differ from its first. */
    public void awaitInk(String canvas, int pixels) throws Exception {
        browser.await(
                "(c => { const d = new Uint32Array(c.getContext('2d').getImageData(0, 0, c.width, c.height).data.buffer);"
                        + " return d.filter(v => v !== d[0]).length; })(" + canvas + ") >= " + pixels);
    }
}
