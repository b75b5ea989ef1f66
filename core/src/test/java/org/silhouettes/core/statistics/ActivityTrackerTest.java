package org.silhouettes.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.encoder.Encoding;
import org.silhouettes.core.state.StreamImage;
import org.silhouettes.imaging.ImageShape;

class ActivityTrackerTest {

    private static final DictionaryShape SHAPE = new DictionaryShape(2, 2, new ImageShape(1, 2, 1));
    private static final Dictionary DICTIONARY = new Dictionary(SHAPE, new float[8], 3);
    /** Two images: the first has codes (3, 4 | 0, 0), the second is silent. */
    private static final float[] CENTRED = {0.5f, -0.5f, 0.25f, 0};

    private final ActivityTracker tracker = new ActivityTracker(ActivitySettings.DEFAULTS);

    @Test
    void aWindowHasTheMeansOfItsImages() {
        tracker.encoded(images("a", "b"), codes(), true);
        ActivityReport report = tracker.report(2, 0.1);
        WindowReport window = report.window().orElseThrow();
        assertThat(window.images()).isEqualTo(2);
        assertThat(window.mse()).isEqualTo((0.3f + 0.0625f) / 4, within(1e-8));
        assertThat(window.mseOfMean()).isEqualTo((0.5 + 0.0625) / 4);
        assertThat(window.objective()).isEqualTo((0.5 * (0.3f + 0.0625f) + 0.1 * 5) / 2, within(1e-8));
        assertThat(window.activeGroups()).isEqualTo(0.5);
        assertThat(window.activeUnits()).isEqualTo(1);
        assertThat(window.silentImages()).isEqualTo(0.5);
        assertThat(report.groupShare()).containsExactly(0.5f, 0);
        assertThat(report.groupEnergy()).containsExactly(12.5f, 0);
        assertThat(report.unitActive()).containsExactly(0.5f, 0.5f, 0, 0);
        assertThat(report.unlearnedWindow()).isEmpty();
    }

    @Test
    void anImageIsGivenAClassBeforeItHasASayInIt() {
        tracker.encoded(images("a", null), codes(), true);
        // no group stood for a class yet
        assertThat(tracker.report(2, 1).window().orElseThrow().groupAccuracy()).isEmpty();
        tracker.startWindow();
        tracker.encoded(images("b", null), codes(), true);
        // group 0 stood for "a"
        assertThat(tracker.report(2, 1).window().orElseThrow().groupAccuracy()).hasValue(0);
        tracker.startWindow();
        tracker.encoded(images("a", null), codes(), false);
        // "b" has the fresher, undecayed energy, so the group stands for it now; what is not learned changes nothing
        assertThat(tracker.report(2, 1).unlearnedWindow().orElseThrow().groupAccuracy())
                .hasValue(0);
        tracker.encoded(images("b", "b"), codes(), false);
        // a silent labelled image is wrong: one of three is right
        assertThat(tracker.report(2, 1).unlearnedWindow().orElseThrow().groupAccuracy())
                .hasValue(1 / 3.0);
    }

    @Test
    void aClassHasTheMeansOfItsOwnImages() {
        tracker.encoded(images("b", "a"), codes(), true);
        tracker.encoded(images("b", null), codes(), true);
        List<ClassReport> classes = tracker.report(2, 1).classes();
        assertThat(classes).extracting(ClassReport::label).containsExactly("a", "b");
        ClassReport b = classes.get(1);
        assertThat(b.images()).isEqualTo(2);
        assertThat(b.groupNorm()).containsExactly(5, 0);
        assertThat(b.unitActivity()).containsExactly(3, 4, 0, 0);
        assertThat(b.strongest()).containsExactly(1, 0);
        assertThat(b.meanImage()).containsExactly(1, 0);
        assertThat(b.reconstruction()).containsExactly(0.75f, -0.25f);
        assertThat(classes.get(0).strongest())
                .as("a zero code has no strongest group")
                .containsExactly(0, 0);
    }

    @Test
    void whatWasCountedStaysWhereTheDictionaryGetsMoreGroups() {
        tracker.encoded(images("a", "b"), codes(), true);

        tracker.grown(new DictionaryShape(3, 2, SHAPE.image()));

        ActivityReport report = tracker.report(2, 0.1);
        assertThat(report.window().orElseThrow().images()).isEqualTo(2);
        assertThat(report.groupShare()).containsExactly(0.5f, 0, 0);
        assertThat(report.groupEnergy()).containsExactly(12.5f, 0, 0);
        assertThat(report.unitActive()).containsExactly(0.5f, 0.5f, 0, 0, 0, 0);
        ClassReport first = report.classes().get(0);
        assertThat(first.images()).isEqualTo(1);
        assertThat(first.groupNorm()).containsExactly(5, 0, 0);
        assertThat(first.unitActivity()).containsExactly(3, 4, 0, 0, 0, 0);
        assertThat(first.strongest()).containsExactly(1, 0, 0);
    }

    @Test
    void labelsBeyondTheLimitCountAsNone() {
        ActivityTracker small = new ActivityTracker(new ActivitySettings(1));
        small.encoded(images("a", "b"), codes(), true);
        assertThat(small.report(2, 1).classes()).extracting(ClassReport::label).containsExactly("a");
        assertThat(small.report(2, 1).window().orElseThrow().images()).isEqualTo(2);
    }

    @Test
    void restoredTheTrackerGoesOnAsTheOriginal() throws IOException {
        for (int i = 0; i < 7; i++) {
            tracker.encoded(images("a", i % 2 == 0 ? "b" : null), codes(), i % 3 != 0);
        }
        byte[] bytes = bytes(tracker);
        ActivityTracker restored = restored(bytes);
        assertThat(bytes(restored)).isEqualTo(bytes);
        for (int i = 0; i < 50; i++) {
            tracker.encoded(images("c", "a"), codes(), i % 2 == 0);
            restored.encoded(images("c", "a"), codes(), i % 2 == 0);
            assertThat(bytes(restored)).isEqualTo(bytes(tracker));
        }
    }

    @Test
    void anUnknownFormatVersionIsRefused() throws IOException {
        byte[] bytes = bytes(tracker);
        bytes[0] = 9;
        assertThatThrownBy(() -> restored(bytes))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("format version 9");
    }

    private static ActivityTracker restored(byte[] state) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(state));
        return new ActivityTracker(ActivityStateMapper.read(in), ActivitySettings.DEFAULTS);
    }

    private static byte[] bytes(ActivityTracker tracker) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ActivityStateMapper.write(tracker.state(), new DataOutputStream(out));
        return out.toByteArray();
    }

    private static List<StreamImage> images(String first, String second) {
        return List.of(
                new StreamImage(new byte[] {-1, 0}, first, null, true),
                new StreamImage(new byte[] {0, 0}, second, null, true));
    }

    private static Encoding codes() {
        Encoding codes = Encoding.zeros(DICTIONARY, CENTRED, 2);
        codes.codes()[0] = 3;
        codes.codes()[1] = 4;
        codes.groupNorms()[0] = 5;
        codes.reconstructions()[0] = 0.75f;
        codes.reconstructions()[1] = -0.25f;
        codes.squaredErrors()[0] = 0.3f;
        codes.squaredErrors()[1] = 0.0625f;
        return codes;
    }
}
