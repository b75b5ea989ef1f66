package org.silhouettes.core.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.encoder.EncoderSettings;
import org.silhouettes.core.encoder.Encoding;
import org.silhouettes.core.initialisation.InitialisationSettings;
import org.silhouettes.core.learner.LearnerSettings;
import org.silhouettes.core.organisation.GroupGrowthSettings;
import org.silhouettes.core.organisation.OrganisationSettings;
import org.silhouettes.core.state.Binary;
import org.silhouettes.core.state.DriftMark;
import org.silhouettes.core.state.DriftState;
import org.silhouettes.core.state.DriftStateMapper;
import org.silhouettes.core.state.legacy.LegacyDriftState;
import org.silhouettes.core.update.UpdateRule;
import org.silhouettes.core.update.UpdateSettings;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.linalg.Random64;

class DriftMonitorTest {

    private static final DictionaryShape SHAPE = new DictionaryShape(4, 1, new ImageShape(2, 2, 1));
    private static final DriftSettings ADAPT = new DriftSettings(
            DriftDetector.BOTH,
            DriftAction.ADAPT,
            DriftSettings.DEFAULTS.pageHinkley(),
            DriftSettings.DEFAULTS.adwin(),
            new DriftResponse(7, 3, 0.95, 20));

    private final Random64 random = new Random64(3);
    private long version;

    @Test
    void aSteadyStreamHasNoMark() {
        DriftMonitor monitor = new DriftMonitor(DriftSettings.DEFAULTS);
        feed(monitor, 2000, 64, 0.5, new int[] {0, 1, 2, 3}, true);

        assertThat(monitor.marks()).isEmpty();
    }

    @Test
    void aRiseOfTheErrorIsSeenByBothTests() {
        DriftMonitor monitor = new DriftMonitor(DriftSettings.DEFAULTS);
        feed(monitor, 200, 64, 0.4, new int[] {0, 1, 2, 3}, true);
        feed(monitor, 8, 64, 0.7, new int[] {0, 1, 2, 3}, true);

        assertThat(monitor.marks()).extracting(DriftMark::detector).containsExactlyInAnyOrder("page-hinkley", "adwin");
        assertThat(monitor.marks()).allSatisfy(mark -> {
            assertThat(mark.version()).isBetween(200L, 208L);
            assertThat(mark.detail()).startsWith("relative error rose from about 0.4");
        });
        monitor.reported();
        assertThat(monitor.marks()).isEmpty();
    }

    @Test
    void aRiseTooSmallToMatterIsNotMarkedAndHidesNoLargerOne() {
        DriftMonitor monitor = new DriftMonitor(DriftSettings.DEFAULTS);
        feed(monitor, 1000, 64, 0.5, new int[] {0, 1, 2, 3}, true);
        feed(monitor, 40, 64, 0.505, new int[] {0, 1, 2, 3}, true);
        assertThat(monitor.marks()).isEmpty();

        feed(monitor, 3, 64, 0.8, new int[] {0, 1, 2, 3}, true);
        assertThat(monitor.marks()).extracting(DriftMark::detector).contains("adwin");
    }

    @Test
    void withoutALeastRiseAdwinMarksTheSmallOne() {
        DriftMonitor monitor = new DriftMonitor(new DriftSettings(
                DriftDetector.ADWIN,
                DriftAction.REPORT,
                DriftSettings.DEFAULTS.pageHinkley(),
                new AdwinSettings(0.002, 0),
                DriftSettings.DEFAULTS.response()));
        feed(monitor, 1000, 64, 0.5, new int[] {0, 1, 2, 3}, true);
        feed(monitor, 200, 64, 0.505, new int[] {0, 1, 2, 3}, true);
        assertThat(monitor.marks()).isNotEmpty();
    }

    @Test
    void aLearnedLossThatFallsHasNoMark() {
        DriftMonitor monitor = new DriftMonitor(DriftSettings.DEFAULTS);
        for (int i = 0; i < 500; i++) {
            feed(monitor, 1, 64, 0.3 + 0.5 * Math.exp(-i / 50.0), new int[] {0, 1, 2, 3}, true);
        }

        assertThat(monitor.marks()).isEmpty();
    }

    @Test
    void otherGroupsInUseAreSeenEvenAtTheSameError() {
        DriftMonitor monitor = new DriftMonitor(DriftSettings.DEFAULTS);
        feed(monitor, 200, 64, 0.5, new int[] {0, 1}, true);
        feed(monitor, 8, 64, 0.5, new int[] {2, 3}, true);

        assertThat(monitor.marks()).hasSize(1).allSatisfy(mark -> {
            assertThat(mark.detector()).isEqualTo("page-hinkley");
            assertThat(mark.detail()).matches("use of the groups moved by 0\\.[89].*");
        });
    }

    @Test
    void howTheStreamIsCutIntoBatchesDoesNotMatter() throws IOException {
        DriftMonitor whole = new DriftMonitor(DriftSettings.DEFAULTS);
        DriftMonitor parts = new DriftMonitor(DriftSettings.DEFAULTS);
        Random64 first = new Random64(8);
        Random64 second = new Random64(8);
        for (int i = 0; i < 64; i++) {
            whole.encoded(codes(5, 64, 0.5, new int[] {0, 1, 2}, first), true);
            for (int part : new int[] {1, 30, 33}) {
                parts.encoded(codes(5, part, 0.5, new int[] {0, 1, 2}, second), true);
            }
        }

        assertThat(bytes(parts)).isEqualTo(bytes(whole));
    }

    @Test
    void imagesThatAreNotLearnedFromAreNotLookedAt() throws IOException {
        DriftMonitor monitor = new DriftMonitor(DriftSettings.DEFAULTS);
        feed(monitor, 50, 64, 0.5, new int[] {0}, false);

        assertThat(bytes(monitor)).isEqualTo(bytes(new DriftMonitor(DriftSettings.DEFAULTS)));
    }

    @Test
    void anActionLastsForSoManyUpdatesAndTellingActsNever() {
        DriftMonitor acts = new DriftMonitor(ADAPT);
        DriftMonitor reports = new DriftMonitor(DriftSettings.DEFAULTS);
        for (DriftMonitor monitor : List.of(acts, reports)) {
            feed(monitor, 200, 64, 0.3, new int[] {0, 1}, true);
            for (int i = 0; i < 20 && monitor.marks().isEmpty(); i++) {
                feed(monitor, 1, 64, 0.9, new int[] {0, 1}, true);
            }
            assertThat(monitor.marks()).isNotEmpty();
        }
        assertThat(reports.acting()).isFalse();
        assertThat(acts.acting()).isTrue();
        feed(acts, 60, 64, 0.3, new int[] {0, 1}, true);
        assertThat(acts.acting()).isFalse();
    }

    @Test
    void actingChangesRateForgettingAndRevivalAlone() {
        UpdateSettings update = new UpdateSettings(UpdateRule.ALTERNATING, 0.01, 0.8, 0.99, 1e-7, 2, 0.999, 0.9);
        OrganisationSettings organisation =
                new OrganisationSettings(0.3, 0.7, 0.05, 300, new GroupGrowthSettings(0.5, 100, 20));
        LearnerSettings usual = new LearnerSettings(
                3, 4, EncoderSettings.PAPER, update, InitialisationSettings.KMEANS, organisation, 16, 9);

        LearnerSettings acting = ADAPT.acting(usual);

        assertThat(acting)
                .isEqualTo(new LearnerSettings(
                        3,
                        4,
                        EncoderSettings.PAPER,
                        new UpdateSettings(UpdateRule.ALTERNATING, 0.03, 0.8, 0.99, 1e-7, 2, 0.95, 0.9),
                        InitialisationSettings.KMEANS,
                        new OrganisationSettings(0.3, 0.7, 0.05, 20, organisation.growth()),
                        16,
                        9));
    }

    @Test
    void aRestoredMonitorGoesOnAsTheOneThatWasWritten() throws IOException {
        DriftMonitor monitor = new DriftMonitor(ADAPT);
        feed(monitor, 150, 50, 0.3, new int[] {0, 1}, true);
        feed(monitor, 10, 50, 0.8, new int[] {0, 1}, true);
        assertThat(monitor.marks()).isNotEmpty();
        DriftMonitor restored = new DriftMonitor(ADAPT, read(bytes(monitor)));
        assertThat(bytes(restored)).isEqualTo(bytes(monitor));

        long state = random.state();
        feed(monitor, 50, 50, 0.4, new int[] {1, 2}, true);
        Random64 again = new Random64(state);
        version -= 50;
        for (int i = 0; i < 50; i++) {
            restored.encoded(codes(version++, 50, 0.4, new int[] {1, 2}, again), true);
        }
        assertThat(bytes(restored)).isEqualTo(bytes(monitor));
    }

    @Test
    void damagedStateIsRefused() throws IOException {
        byte[] whole = bytes(new DriftMonitor(ADAPT));
        byte[] unknown = whole.clone();
        unknown[0] = 77;
        assertThatThrownBy(() -> read(unknown))
                .isInstanceOf(IOException.class)
                .hasMessage("drift state has format version 77, this release reads versions 1 and 2");
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> read(cut)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void imagesThatComeInRunsOfTheLikeAreNoDrift() {
        for (long seed = 0; seed < 5; seed++) {
            DriftMonitor monitor = new DriftMonitor(DriftSettings.DEFAULTS);
            Random64 writers = new Random64(seed);
            for (int run = 0; run < 500; run++) {
                // two batches of one writer, whose hand is easier or harder to learn
                feed(monitor, 2, 64, 0.6 + 0.035 * writers.nextGaussian(), new int[] {0, 1, 2, 3}, true);
            }
            assertThat(monitor.marks()).as("seed %d", seed).isEmpty();

            feed(monitor, 6, 64, 0.9, new int[] {0, 1, 2, 3}, true);
            assertThat(monitor.marks()).as("seed %d", seed).isNotEmpty();
        }
    }

    @Test
    void stateOfVersionOneIsReadAsOfIndependentErrors() throws IOException {
        assertThat(bytes(new DriftMonitor(ADAPT, read(state(1))))).isEqualTo(state(2));
    }

    /** A state built by hand, as the documentation of {@link DriftStateMapper} has it. */
    private static byte[] state(int version) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeByte(version);
        out.writeInt(7);
        if (version == 1) {
            out.writeInt(3);
            out.writeInt(5);
            out.writeDouble(2.5);
            use(out);
            scaleAndTest(out, version, 100);
            scaleAndTest(out, version, 200);
            adwin(out);
        } else {
            out.writeInt(5);
            scaleAndTest(out, version, 100);
            adwin(out);
            out.writeDouble(2.5);
            out.writeInt(3);
            scaleAndTest(out, version, 200);
            use(out);
        }
        out.writeInt(1);
        out.writeLong(42);
        Binary.writeText(out, "adwin");
        Binary.writeText(out, "rose");
        return bytes.toByteArray();
    }

    private static void use(DataOutputStream out) throws IOException {
        Binary.writeLongs(out, new long[] {3, 1, 1});
        Binary.writeDoubles(out, new double[] {0.5, 0.25, 0.25});
    }

    private static void scaleAndTest(DataOutputStream out, int version, long values) throws IOException {
        out.writeLong(values);
        out.writeDouble(0.5);
        out.writeDouble(0.01);
        if (version > 1) {
            out.writeDouble(0);
            out.writeDouble(0);
        }
        out.writeDouble(1.5);
        out.writeDouble(-0.5);
    }

    private static void adwin(DataOutputStream out) throws IOException {
        out.writeInt(1);
        out.writeInt(2);
        for (double value : new double[] {0.5, 0.25}) {
            out.writeDouble(value);
            out.writeDouble(value * value);
        }
        out.writeDouble(0.75);
        out.writeDouble(0.3125);
    }

    private void feed(DriftMonitor monitor, int batches, int count, double error, int[] groups, boolean learn) {
        for (int i = 0; i < batches; i++) {
            monitor.encoded(codes(version++, count, error, groups, random), learn);
        }
    }

    /** Images of unit energy, each with an error of about {@code error} and one of these groups as its strongest. */
    private static Encoding codes(long version, int count, double error, int[] groups, Random64 random) {
        float[] images = new float[4 * count];
        Arrays.fill(images, 0.5f);
        Encoding codes = Encoding.zeros(new Dictionary(SHAPE, new float[16], version), images, count);
        for (int b = 0; b < count; b++) {
            codes.squaredErrors()[b] = (float) Math.max(0, Math.min(1, error + 0.1 * random.nextGaussian()));
            codes.groupNorms()[4 * b + groups[random.nextInt(groups.length)]] = 1;
        }
        return codes;
    }

    private static byte[] bytes(DriftMonitor monitor) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DriftStateMapper.write(monitor.state(), new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static DriftState read(byte[] bytes) throws IOException {
        return LegacyDriftState.read(new DataInputStream(new ByteArrayInputStream(bytes)));
    }
}
