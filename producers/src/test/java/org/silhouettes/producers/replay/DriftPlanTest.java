package org.silhouettes.producers.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.silhouettes.linalg.Random64;
import org.silhouettes.producers.dataset.ImageSource;

class DriftPlanTest {

    private static final ImageSource SOURCE = new NumberedSource(30);

    @TempDir
    Path folder;

    @Test
    void aFileIsReadPhaseByPhase() throws IOException {
        Path file = Files.writeString(
                folder.resolve("plan.txt"),
                """
                # first one, then the other
                name=one classes=0-2*3,x images=30   # three times as often

                images=20 gradual=5 invert rotate=90 noise=0.5 blur=1.5 permute=7
                repeat=endless
                """);

        DriftPlan plan = DriftPlan.of(file.toString());

        assertThat(plan.repeat()).isEqualTo(ReplayOptions.ENDLESS);
        assertThat(plan.images()).isEqualTo(50);
        assertThat(plan.phases().get(0).name()).isEqualTo("one");
        assertThat(plan.phases().get(0).classes().toString()).isEqualTo("{0=3.0, 1=3.0, 2=3.0, x=1.0}");
        assertThat(plan.phases().get(1))
                .isEqualTo(new Phase(
                        "phase 2",
                        java.util.Map.of(),
                        20,
                        5,
                        List.of(
                                new Transform.Invert(),
                                new Transform.Rotate(90),
                                new Transform.Noise(0.5),
                                new Transform.Blur(1.5),
                                new Transform.Permute(7))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "repeat=2 | plan has no phase: give at least one, such as classes=0-4 images=1000",
                "images=1; classes=a | plan, phase 2: images is missing, give how many it lasts, such as images=1000",
                "images=1 imges=2 | plan, phase 1: \"imges=2\" is none of name=, classes=, images=, gradual=, invert, rotate=, noise=, blur=, permute=",
                "images=-1 | plan, phase 1: images is \"-1\", it must be a whole number",
                "images=3 gradual=4 | plan, phase 1: gradual is 4 images, it must be 0 to the phase's 3 images",
                "images=3 noise=2 | plan, phase 1: noise is 2.0, it must be above 0 and at most 1",
                "images=3 rotate=x | plan, phase 1: rotate is \"x\", it must be a number",
                "images=3 classes=4-1 | plan, phase 1: classes has the range \"4-1\", its first number must be the smaller one, and at most 10000 are taken",
                "images=3;repeat=0 | plan repeat is 0, it must be at least 1, or endless",
            })
    void whatIsWrongIsNamed(String text, String message) {
        assertThatThrownBy(() -> DriftPlan.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void whateverStandsInAFileItIsAPlanOrRefused() throws IOException {
        String[] words = {
            "images=",
            "classes=",
            "gradual=",
            "noise=",
            "rotate=",
            "repeat=",
            "invert",
            "name=",
            "=",
            ";",
            "\n",
            "#",
            " ",
            "-",
            "*",
            ",",
            "9",
            "99999999999999999999",
            "1e9",
            "NaN",
            "endless",
            "\u0000",
            "é"
        };
        int plans = 0;
        for (long seed = 0; seed < 3000; seed++) {
            Random64 random = new Random64(seed);
            StringBuilder text = new StringBuilder(seed % 2 == 0 ? "images=5 " : "");
            for (int i = random.nextInt(12); i > 0; i--) {
                text.append(words[random.nextInt(words.length)]);
            }
            try {
                plans += DriftPlan.parse(text.toString()).images() > 0 ? 1 : 0;
            } catch (IllegalArgumentException e) {
                assertThat(e.getMessage()).as("seed %d: %s", seed, text).startsWith("plan");
            }
        }
        assertThat(plans).isPositive();

        Path binary = Files.write(folder.resolve("plan.bin"), new byte[] {(byte) 0xc3, 0x28});
        assertThatThrownBy(() -> DriftPlan.of(binary.toString()))
                .isInstanceOf(IOException.class)
                .hasMessage(binary + " is no text in UTF-8, as a plan is");
    }

    @Test
    void aClassThatTheSourceDoesNotHaveIsNamed() {
        assertThatThrownBy(() -> schedule("classes=a,z images=3", SOURCE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("option classes names \"z\", source numbered has the classes a, b, c");
    }

    @Test
    void everyImageOfAPhaseComesOnceBeforeAnyComesAgainOverAllRepetitions() {
        Schedule schedule = schedule("classes=a images=6; classes=b,c images=3; repeat=5", SOURCE);

        assertThat(schedule.length()).isEqualTo(45);
        List<Long> ofFirst = LongStream.range(0, 45)
                .filter(position -> position % 9 < 6)
                .map(position -> schedule.at(position).index())
                .boxed()
                .toList();
        assertThat(ofFirst).allMatch(index -> index % 3 == 0);
        for (int pass = 0; pass < 3; pass++) {
            assertThat(ofFirst.subList(10 * pass, 10 * pass + 10)).doesNotHaveDuplicates();
        }
    }

    @Test
    void thePositionAloneDecides() {
        String text = "classes=a images=20; classes=b*2,c images=20 gradual=10; repeat=3";
        Schedule forwards = schedule(text, SOURCE);
        List<Draw> draws = LongStream.range(0, 120).mapToObj(forwards::at).toList();
        Schedule backwards = schedule(text, SOURCE);
        for (int position = 119; position >= 0; position--) {
            assertThat(backwards.at(position)).as("position %d", position).isEqualTo(draws.get(position));
        }
    }

    @Test
    void weightsDecideTheShares() {
        Schedule schedule = schedule("classes=a*6,b*3,c images=20000", SOURCE);
        long[] counts = new long[3];
        for (long position = 0; position < 20_000; position++) {
            counts[SOURCE.classOf(schedule.at(position).index())]++;
        }

        // five standard deviations of a binomial count are at most 5 * sqrt(20000 / 4) = 354
        assertThat(counts[0]).isBetween(12_000L - 354, 12_000L + 354);
        assertThat(counts[1]).isBetween(6_000L - 354, 6_000L + 354);
    }

    @Test
    void aGradualPhaseTakesOverEvenly() {
        Schedule schedule = schedule("classes=a images=100; classes=b images=20000 gradual=20000 invert", SOURCE);
        long[] ofNew = new long[2];
        for (int half = 0; half < 2; half++) {
            for (long position = 100 + 10_000L * half; position < 10_100 + 10_000L * half; position++) {
                Draw draw = schedule.at(position);
                boolean isNew = SOURCE.classOf(draw.index()) == 1;
                assertThat(draw.transforms()).hasSize(isNew ? 1 : 0);
                ofNew[half] += isNew ? 1 : 0;
            }
        }

        assertThat(ofNew[0]).isBetween(2_500L - 250, 2_500L + 250);
        assertThat(ofNew[1]).isBetween(7_500L - 250, 7_500L + 250);
    }

    @Test
    void anEndlessSourceNeverRepeatsAnImageWithinAPhase() {
        Schedule schedule = schedule("classes=a,b images=1000", new NumberedSource(ImageSource.ENDLESS));

        assertThat(LongStream.range(0, 1000)
                        .map(position -> schedule.at(position).index())
                        .boxed())
                .doesNotHaveDuplicates()
                .allMatch(index -> index % 3 < 2);
    }

    private static Schedule schedule(String text, ImageSource source) {
        return new PlanSchedule(source, DriftPlan.parse(text), 5);
    }
}
