package org.silhouettes.producers.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LineProgressTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final ManualTicker ticker = new ManualTicker();
    private final LineProgress progress =
            new LineProgress(new PrintStream(bytes, true, StandardCharsets.UTF_8), ticker);

    @Test
    void aLineComesEveryFiveSecondsAndAtTheEnd() {
        progress.started("mnist", 10_000, 60_000);
        ticker.advance(4.9);
        progress.reached(20_000, 0);
        ticker.advance(0.1);
        progress.reached(30_000, 0.634);
        ticker.advance(5);
        progress.reached(60_000, 0);
        progress.finished();

        assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "mnist: 30,000 of 60,000 images (50 %), 4,000/s, 8 s left, Kafka holds back 63 %",
                        "mnist: 60,000 of 60,000 images (100 %), 6,000/s",
                        "mnist: 60,000 of 60,000 images (100 %), 5,000/s");
    }

    @Test
    void anEndlessReplayHasNoEndToTell() {
        progress.started("glyphs", 0, ReplayOptions.ENDLESS);
        ticker.advance(5);
        progress.reached(500, 0);

        assertThat(bytes.toString(StandardCharsets.UTF_8).lines()).containsExactly("glyphs: 500 images, 100/s");
    }
}
