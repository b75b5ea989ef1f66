package org.silhouettes.dashboards.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveFeedTest {

    @Test
    void aSlowClientGetsTheLatestOfEverySubjectAndNothingTwice() throws InterruptedException {
        LiveFeed.Mailbox mailbox = new LiveFeed.Mailbox();
        mailbox.put("a", event("a1"));
        mailbox.put("b", event("b1"));
        mailbox.put("a", event("a2"));
        assertThat(texts(mailbox.take(1000))).containsExactly("b1", "a2");
        assertThat(mailbox.take(10)).isEmpty();
    }

    @Test
    void whatCameWhileThePictureWasTakenIsNotReplacedByIt() throws InterruptedException {
        LiveFeed.Mailbox mailbox = new LiveFeed.Mailbox();
        mailbox.put("a", event("deleted"));
        mailbox.putUnlessNewer("a", event("a1"));
        mailbox.putUnlessNewer("b", event("b1"));
        assertThat(texts(mailbox.take(1000))).containsExactly("deleted", "b1");
    }

    @Test
    void wakingEndsTheWait() throws Exception {
        LiveFeed.Mailbox mailbox = new LiveFeed.Mailbox();
        Thread waker = new Thread(mailbox::close);
        waker.start();
        long before = System.nanoTime();
        assertThat(mailbox.take(60_000)).isEmpty();
        assertThat(System.nanoTime() - before).isLessThan(30_000_000_000L);
        waker.join();
    }

    private static LiveFeed.Event event(String text) {
        return new LiveFeed.Event("model", text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> texts(List<LiveFeed.Event> events) {
        return events.stream()
                .map(event -> new String(event.data(), StandardCharsets.UTF_8))
                .toList();
    }
}
