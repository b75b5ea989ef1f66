package org.silhouettes.cli.dashboards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.silhouettes.testkit.ShapeImages;
import org.silhouettes.testkit.browser.Chromium;
import org.silhouettes.testkit.browser.PageDriver;
import org.silhouettes.testkit.browser.PageVisit;

/** The page in a real browser, all of it, while the real job learns from drawn characters: what a demo shows. */
class PageIT {

    private static final String MODEL = "glyphs";
    private static final String OTHER = "other";
    private static final int GROUPS = 5;
    private static final int CLASSES = 10;
    private static final Map<String, String> OPTIONS = Map.of(
            "model.groups", String.valueOf(GROUPS),
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

    private MonitoredJob watched;
    private Chromium browser;
    private PageDriver page;
    private PageVisit visit;

    @Test
    void aVisitWhileModelsLearn() throws Exception {
        assumeTrue(Chromium.find().isPresent(), Chromium.MISSING);
        try (MonitoredJob job = new MonitoredJob(folder.resolve("profile"))) {
            watched = job;
            browser = job.browser();
            page = new PageDriver(browser);
            visit = new PageVisit(browser, page);
            browser.open(job.dashboard().uri());
            browser.await("document.getElementById('status').dataset.state !== 'connecting'");
            page.awaitText("groups", "No model yet");
            job.startJob(OPTIONS);
            job.whileStreaming(List.of(MODEL, OTHER), this::whileTheyLearn);
            goesOnWhenKafkaIsBack();
            takesHostileNamesAsText();
            visit.seesItInEveryForm(addressOf(MODEL), CLASSES);
            job.cancelJob();
            page.awaitState("job-down");
            page.awaitText("notice", "cancel");
            assertThat(browser.problems()).isEmpty();
        }
    }

    private void whileTheyLearn() throws Exception {
        page.awaitState("live");
        showsBothModels();
        movesOnByItself();
        visit.seesEveryPanel(GROUPS, CLASSES);
        page.awaitText("facts", "running");
        page.shoot("live");
        goesBackWhileTheModelLearnsOn();
        assertThat(visit.plays()).isGreaterThan(8);
        visit.opensAnAtomByKeyboard(1, 8);
        visit.stepsByKeys();
        visit.choosesAClassByKeyboard("0", "1");
        visit.drawsASeven(15);
        visit.drawsByKeyboard();
        visit.comparesDistances();
        visit.comparesWithTheFirstVersion();
        watched.sendNoImage(MODEL);
        page.awaitText("rejects", MODEL);
        showsAVersionByItsAddress();
    }

    private URI addressOf(String model) {
        return watched.dashboard().uri().resolve("/?model=" + model);
    }

    /** Each with its health and its errors as a line; the address follows the choice, and the way back works. */
    private void showsBothModels() throws Exception {
        page.awaitCount(".model .health[data-health=learning]", 2);
        browser.open(addressOf(MODEL));
        page.awaitCount(".group", GROUPS);
        browser.await("[...document.querySelectorAll('.model')].map(m => m.querySelector('b').innerText).join() === '"
                + MODEL + "," + OTHER + "'");
        browser.evaluate("document.querySelector('.model[title^=" + OTHER + "]').click()");
        browser.await("document.title.startsWith('" + OTHER + "') && location.search === '?model=" + OTHER + "'");
        page.awaitCount(".group", GROUPS);
        browser.await("document.querySelector('.model[aria-current=page] b').innerText === '" + OTHER + "'");
        page.awaitInk("document.querySelector('.model[aria-current=page] canvas')", 30);
        browser.evaluate("history.back()");
        browser.await("document.title.startsWith('" + MODEL + "')");
        page.awaitCount(".group", GROUPS);
    }

    private void movesOnByItself() throws Exception {
        long before = page.shown();
        page.awaitShownFrom(before + 20);
    }

    private void goesBackWhileTheModelLearnsOn() throws Exception {
        visit.goesToTheBeginning();
        String stops = "Number(document.getElementById('slider').max)";
        int before = browser.evaluate(stops).asInt();
        browser.await(stops + " > " + before);
        assertThat(page.shown()).isZero();
    }

    private void showsAVersionByItsAddress() throws Exception {
        browser.open(URI.create(addressOf(MODEL) + "&version=16&class=3&atom=9"));
        page.awaitShown(16);
        browser.await("document.querySelector('.tile[aria-pressed=true]')?.innerText.startsWith('3')");
        browser.await("document.getElementById('atom-title').innerText === 'Atom 9'");
        assertThat(page.text("when")).isEqualTo("version 16 · 512 images");
        page.click("live");
        page.awaitShownFrom(17);
    }

    private void goesOnWhenKafkaIsBack() throws Exception {
        long before = page.shown();
        watched.kafka().stop();
        page.awaitState("kafka-away");
        page.shoot("kafka-away");
        watched.kafka().resume();
        watched.whileStreaming(List.of(MODEL), () -> {
            page.awaitState("live");
            page.awaitShownFrom(before + 20);
        });
    }

    private void takesHostileNamesAsText() throws Exception {
        List<String> names = HostileImages.MODELS;
        sendHostile(names, 1);
        page.awaitCount(".model", names.size() + 2);
        List<String> addresses = new ArrayList<>();
        browser.evaluate("[...document.querySelectorAll('.model')].filter(m => m.innerText.includes('1 of 320'))"
                        + ".map(m => m.href)")
                .forEach(address -> addresses.add(address.asText()));
        assertThat(addresses).as("models in their warm-up").hasSize(names.size());
        List<String> titles = new ArrayList<>();
        for (String address : addresses) {
            browser.open(URI.create(address));
            page.awaitText("groups", "1 of 320");
            titles.add(browser.evaluate("document.title").asText());
        }
        assertThat(titles)
                .containsExactlyInAnyOrderElementsOf(
                        names.stream().map(name -> name + " · silhouettes").toList());
        sendHostile(names.subList(0, 1), 352);
        browser.open(URI.create(addresses.get(titles.indexOf(names.get(0) + " · silhouettes"))));
        page.awaitCount(".tile", 4);
        assertThat(browser.evaluate("[...document.querySelectorAll('.tile b')].map(b => b.textContent)"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrderElementsOf(names.subList(0, 4));
        assertThat(browser.evaluate("document.querySelectorAll('img, main script').length")
                        .asInt())
                .isZero();
        page.shoot("hostile");
    }

    private void sendHostile(List<String> models, int images) throws Exception {
        watched.send(new HostileImages(new ShapeImages(1, images)), models, images);
    }
}
