package org.silhouettes.dashboards.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.silhouettes.testkit.browser.Chromium;

/** What a browser says of the page's speed. */
final class PageMeter {

    /** In every document, before its own scripts: when atoms were there first, by the document's clock. */
    private static final String NOTE_FIRST_ATOMS = "addEventListener('DOMContentLoaded', () => {"
            + " const watcher = new MutationObserver(() => { if (document.documentElement.dataset.shown) {"
            + " watcher.disconnect(); requestAnimationFrame(() => { window.atomsAt = performance.now(); }); } });"
            + " watcher.observe(document.documentElement, {attributeFilter: ['data-shown']}); });";

    private static final String NOTE_FRAMES = "window.frames = []; window.shows = 0;"
            + " window.showing = new MutationObserver(() => shows++);"
            + " showing.observe(document.documentElement, {attributeFilter: ['data-shown']});"
            + " window.lastFrame = 0; window.counting = true;"
            + " requestAnimationFrame(function frame(at) { if (lastFrame) frames.push(at - lastFrame); lastFrame = at;"
            + " if (counting) requestAnimationFrame(frame); });";

    private final Chromium browser;

    /**
     * When things were first seen after a visit began, in milliseconds.
     *
     * @param firstPaint first contentful paint
     * @param atoms the atoms drawn
     */
    record Visit(double firstPaint, double atoms) {}

    /**
     * How the page played.
     *
     * @param seconds from the first frame to the last
     * @param median milliseconds from a frame to the next
     * @param p95 the same, 95th percentile
     * @param versionsPerSecond versions shown, a second
     * @param mainMillis processor time of the page's main thread (script, style, layout, paint), milliseconds a frame
     * @param scriptMillis the part of it that is script
     */
    record Play(
            double seconds,
            double median,
            double p95,
            double versionsPerSecond,
            double mainMillis,
            double scriptMillis) {}

    PageMeter(Chromium browser) throws Exception {
        this.browser = browser;
        browser.call("Page.addScriptToEvaluateOnNewDocument", Map.of("source", NOTE_FIRST_ATOMS));
        browser.call("Network.setCacheDisabled", Map.of("cacheDisabled", true));
        // the thread's own time: what other processes take does not count
        browser.call("Performance.enable", Map.of("timeDomain", "threadTicks"));
    }

    /** Opens the page as if for the first time. */
    Visit visit(URI address) throws Exception {
        browser.open(address);
        browser.await("window.atomsAt");
        browser.await("performance.getEntriesByName('first-contentful-paint').length");
        return new Visit(
                browser.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
                        .asDouble(),
                browser.evaluate("window.atomsAt").asDouble());
    }

    /** Plays the history to its end at that speed. */
    Play play(String speed) throws Exception {
        browser.evaluate("document.getElementById('speed').value = '" + speed + "'");
        browser.evaluate(NOTE_FRAMES);
        Map<String, Double> before = metrics();
        browser.evaluate("document.getElementById('play').click()");
        browser.await("document.getElementById('play').textContent === '▶'");
        Map<String, Double> after = metrics();
        JsonNode frames = browser.evaluate("counting = false, showing.disconnect(), frames.sort((a, b) => a - b)");
        double seconds = 0;
        for (JsonNode frame : frames) {
            seconds += frame.asDouble() / 1000;
        }
        int number = frames.size();
        return new Play(
                seconds,
                frames.get(number / 2).asDouble(),
                frames.get(number * 95 / 100).asDouble(),
                browser.evaluate("shows").asInt() / seconds,
                1000 * (after.get("TaskDuration") - before.get("TaskDuration")) / number,
                1000 * (after.get("ScriptDuration") - before.get("ScriptDuration")) / number);
    }

    private Map<String, Double> metrics() throws Exception {
        Map<String, Double> all = new HashMap<>();
        for (JsonNode metric : browser.call("Performance.getMetrics", Map.of()).path("metrics")) {
            all.put(metric.path("name").asText(), metric.path("value").asDouble());
        }
        return all;
    }
}
