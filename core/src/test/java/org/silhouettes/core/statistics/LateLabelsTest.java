package org.silhouettes.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.encoder.Encoding;
import org.silhouettes.core.state.ImageBuffers;
import org.silhouettes.core.state.LearnerState;
import org.silhouettes.core.state.RunningMean;
import org.silhouettes.core.state.StreamImage;
import org.silhouettes.core.state.TrainingState;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.linalg.Random64;

class LateLabelsTest {

    private static final DictionaryShape SHAPE = new DictionaryShape(3, 2, new ImageShape(2, 2, 1));
    private static final Dictionary DICTIONARY = new Dictionary(SHAPE, new float[24], 3);
    private static final int BATCH = 4;

    private final ActivityTracker activity = new ActivityTracker(ActivitySettings.DEFAULTS);
    private final LateLabels labels = new LateLabels(8);
    private int next;

    @Test
    void aLabelThatComesLaterCountsAsOneThatCameWithItsImage() {
        ActivityTracker atOnce = new ActivityTracker(ActivitySettings.DEFAULTS);
        for (int batch = 0; batch < 2; batch++) {
            Encoding codes = codes(batch);
            List<StreamImage> unlabelled = images(4 * batch, false);
            activity.encoded(labels.encoded(unlabelled, codes, true), codes, true);
            atOnce.encoded(images(4 * batch, true), codes, true);
        }
        assertThat(activity.report(4, 1).classes()).isEmpty();
        assertThat(labels.waiting()).isEqualTo(8);
        for (int i = 0; i < 8; i++) {
            assertThat(labels.label("#" + i, label(i), activity, buffered())).isTrue();
        }
        assertThat(labels.joined()).isEqualTo(8);
        assertThat(labels.waiting()).isZero();
        assertThat(labels.bytes()).isZero();

        List<ClassReport> late = activity.report(4, 1).classes();
        List<ClassReport> expected = atOnce.report(4, 1).classes();
        assertThat(late).hasSize(2);
        for (int c = 0; c < 2; c++) {
            assertThat(late.get(c).label()).isEqualTo(expected.get(c).label());
            assertThat(late.get(c).images()).isEqualTo(expected.get(c).images());
            assertThat(late.get(c).windowImages()).isEqualTo(expected.get(c).windowImages());
            assertThat(late.get(c).groupNorm()).isEqualTo(expected.get(c).groupNorm());
            assertThat(late.get(c).unitActivity()).isEqualTo(expected.get(c).unitActivity());
            assertThat(late.get(c).strongest()).isEqualTo(expected.get(c).strongest());
            assertThat(late.get(c).meanImage()).isEqualTo(expected.get(c).meanImage());
            for (int i = 0; i < 4; i++) {
                assertThat(late.get(c).reconstruction()[i])
                        .isCloseTo(expected.get(c).reconstruction()[i], within(0.5f / 127 + 1e-6f));
            }
        }
        assertThat(activity.report(4, 1).window().orElseThrow().nmi())
                .isEqualTo(atOnce.report(4, 1).window().orElseThrow().nmi());
    }

    @Test
    void theLabelOfAnImageThatStillWaitsToBeEncodedIsKeptUntilThen() {
        StreamImage image = image(0, false);
        assertThat(labels.label("#0", "a", activity, buffered(image))).isTrue();
        assertThat(labels.label("#0", "b", activity, buffered(image)))
                .as("a second label")
                .isFalse();
        List<StreamImage> labelled = labels.encoded(images(0, false), codes(0), true);
        assertThat(labelled).extracting(StreamImage::label).containsExactly("a", null, null, null);
        assertThat(labels.waiting()).isEqualTo(3);
        assertThat(labels.joined()).isEqualTo(1);
        assertThat(labels.unmatched()).isEqualTo(1);
        assertThat(labels.label("#0", "a", activity, buffered())).isFalse();
    }

    @Test
    void theLastImagesWaitAndALabelThatMatchesNothingIsCounted() {
        for (int batch = 0; batch < 3; batch++) {
            List<StreamImage> images = labels.encoded(images(4 * batch, false), codes(batch), true);
            activity.encoded(images, codes(batch), true);
        }
        assertThat(labels.waiting()).isEqualTo(8);
        assertThat(labels.label("#3", "a", activity, buffered())).as("too late").isFalse();
        assertThat(labels.label("#4", "a", activity, buffered()))
                .as("the oldest that waits")
                .isTrue();
        assertThat(labels.label("#4", "a", activity, buffered()))
                .as("labelled already")
                .isFalse();
        assertThat(labels.label("?", "a", activity, buffered()))
                .as("never seen")
                .isFalse();
        assertThat(labels.label("#1", "a", activity, buffered(image(1, true))))
                .as("labelled in its header")
                .isFalse();
        assertThat(labels.unmatched()).isEqualTo(4);
        labels.most(2);
        assertThat(labels.waiting()).isEqualTo(2);
        labels.most(0);
        labels.encoded(images(20, false), codes(1), true);
        assertThat(labels.waiting()).isZero();
        assertThat(labels.bytes()).isZero();
    }

    @Test
    void restoredAtAnyMomentTheyGoOnAsIfNothingHadHappened() throws IOException {
        LateLabels original = labels;
        ActivityTracker originalActivity = activity;
        Random64 random = new Random64(5);
        for (int step = 0; step < 150; step++) {
            byte[] bytes = bytes(original, originalActivity);
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
            LateLabels copy = new LateLabels(LateLabelsMapper.read(in));
            copy.most(8);
            ActivityTracker copyActivity = new ActivityTracker(ActivityStateMapper.read(in), ActivitySettings.DEFAULTS);
            assertThat(in.available()).isZero();
            assertThat(copy.bytes()).isEqualTo(original.bytes());
            int id = random.nextInt(next + 4);
            if (step % 3 == 0) {
                List<StreamImage> batch = images(next, false);
                Encoding codes = codes(next);
                for (var pair : List.of(List.of(original, originalActivity), List.of(copy, copyActivity))) {
                    ((ActivityTracker) pair.get(1))
                            .encoded(((LateLabels) pair.get(0)).encoded(batch, codes, true), codes, true);
                }
                next += 4;
            } else {
                LearnerState learner = buffered(images(next, false).toArray(StreamImage[]::new));
                assertThat(copy.label("#" + id, label(id), copyActivity, learner))
                        .isEqualTo(original.label("#" + id, label(id), originalActivity, learner));
            }
            assertThat(bytes(copy, copyActivity)).as("step %d", step).isEqualTo(bytes(original, originalActivity));
            original = copy;
            originalActivity = copyActivity;
        }
        assertThat(original.joined()).isPositive();
        assertThat(original.unmatched()).isPositive();
    }

    @Test
    void theBytesAreAsTheLayoutSays() throws IOException {
        labels.label("#9", "b", activity, buffered(image(9, false)));
        Encoding codes = Encoding.zeros(DICTIONARY, new float[4], 1);
        codes.codes()[3] = 1.5f;
        codes.groupNorms()[1] = 1.5f;
        codes.reconstructions()[2] = -2;
        labels.encoded(List.of(image(1, false)), codes, false);
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(expected);
        out.writeByte(1);
        out.writeLong(1);
        out.writeLong(0);
        out.writeInt(1);
        out.write(new byte[] {0, 0, 0, 2, '#', '1'});
        out.write(new byte[] {0, 0, 0, 4, 1, 3, 7, (byte) 200});
        out.writeInt(3);
        out.writeFloat(0);
        out.writeFloat(1.5f);
        out.writeFloat(0);
        out.write(new byte[] {0, 0, 0, 1, 0, 0, 0, 3, 0, 0, 0, 1});
        out.writeFloat(1.5f);
        out.write(new byte[] {0, 0, 0, 4, 0, 0, -127, 0, 0});
        out.write(new byte[] {0, 0, 0, 1, 0, 0, 0, 2, '#', '9', 0, 0, 0, 1, 'b'});
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        LateLabelsMapper.write(labels.state(), new DataOutputStream(written));
        assertThat(written.toByteArray()).isEqualTo(expected.toByteArray());
    }

    @Test
    void anUnknownVersionAndATruncationAreRefused() throws IOException {
        labels.encoded(images(0, false), codes(0), false);
        byte[] bytes = bytes(labels, activity);
        bytes[0] = 9;
        assertThatThrownBy(() -> LateLabelsMapper.read(new DataInputStream(new ByteArrayInputStream(bytes))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("format version 9, this release reads version 1");
        bytes[0] = 1;
        for (int length = 0; length < 80; length += 3) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> LateLabelsMapper.read(new DataInputStream(new ByteArrayInputStream(cut))))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void aLabelIsJoinedIntoStatisticsThatHaveMoreGroupsByNow() {
        Encoding codes = codes(0);
        activity.encoded(labels.encoded(images(0, false), codes, true), codes, true);
        long bytes = labels.bytes();

        activity.grown(new DictionaryShape(5, 2, SHAPE.image()));
        labels.grow(5);

        assertThat(labels.bytes()).isEqualTo(bytes + BATCH * 2L * Float.BYTES);
        for (int i = 0; i < BATCH; i++) {
            assertThat(labels.label("#" + i, "a", activity, buffered())).isTrue();
        }
        assertThat(labels.bytes()).isZero();
        ClassReport report = activity.report(4, 1).classes().get(0);
        assertThat(report.images()).isEqualTo(BATCH);
        assertThat(report.groupNorm()).hasSize(5).endsWith(0, 0);
        assertThat(report.groupNorm()[0]).isPositive();
        assertThat(report.unitActivity()).hasSize(10).endsWith(0, 0, 0, 0);
    }

    private static byte[] bytes(LateLabels labels, ActivityTracker activity) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        LateLabelsMapper.write(labels.state(), out);
        ActivityStateMapper.write(activity.state(), out);
        return bytes.toByteArray();
    }

    private static String label(int i) {
        return i % 3 == 0 ? "a" : "b";
    }

    private static StreamImage image(int i, boolean labelled) {
        byte[] samples = {(byte) i, (byte) (3 * i), 7, (byte) 200};
        return new StreamImage(samples, labelled ? label(i) : null, "#" + i, true);
    }

    private static List<StreamImage> images(int from, boolean labelled) {
        List<StreamImage> images = new ArrayList<>();
        for (int i = from; i < from + BATCH; i++) {
            images.add(image(i, labelled));
        }
        return images;
    }

    /** A learner that has those images in its mini-batch. */
    private static LearnerState buffered(StreamImage... pending) {
        return new LearnerState(
                SHAPE.image(),
                DICTIONARY,
                new TrainingState(),
                new RunningMean(4),
                new ImageBuffers(List.of(), List.of(), List.of(pending), List.of()),
                0,
                0);
    }

    /** Codes of four images, every one another; the second group of each is silent. */
    private static Encoding codes(int seed) {
        Random64 random = new Random64(seed);
        Encoding codes = Encoding.zeros(DICTIONARY, new float[BATCH * 4], BATCH);
        for (int b = 0; b < BATCH; b++) {
            for (int g = 0; g < 3; g += 2) {
                codes.codes()[b * 6 + 2 * g] = (float) random.nextDouble();
                codes.groupNorms()[b * 3 + g] = codes.codes()[b * 6 + 2 * g];
            }
            for (int i = 0; i < 4; i++) {
                codes.reconstructions()[b * 4 + i] = (float) (2 * random.nextDouble() - 1);
            }
        }
        return codes;
    }
}
