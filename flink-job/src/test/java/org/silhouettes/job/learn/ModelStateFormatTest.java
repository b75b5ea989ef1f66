package org.silhouettes.job.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.drift.DriftMonitor;
import org.silhouettes.core.drift.DriftSettings;
import org.silhouettes.core.encoder.Encoding;
import org.silhouettes.core.state.AdamMoments;
import org.silhouettes.core.state.AlternatingStatistics;
import org.silhouettes.core.state.ImageBuffers;
import org.silhouettes.core.state.LambdaState;
import org.silhouettes.core.state.LearnerState;
import org.silhouettes.core.state.LipschitzEstimate;
import org.silhouettes.core.state.NoveltyState;
import org.silhouettes.core.state.PrototypeState;
import org.silhouettes.core.state.Prototypes;
import org.silhouettes.core.state.RunningMean;
import org.silhouettes.core.state.StreamImage;
import org.silhouettes.core.state.TrainingState;
import org.silhouettes.core.state.UsageCounters;
import org.silhouettes.core.statistics.ActivitySettings;
import org.silhouettes.core.statistics.ActivityTracker;
import org.silhouettes.core.statistics.LateLabels;
import org.silhouettes.imaging.ImageShape;

class ModelStateFormatTest {

    private static final Pattern MODEL_FILE = Pattern.compile("model-v(\\d+)\\.bin");

    /** The one state that the golden files of every version hold, as it is written now. */
    private static ModelState golden() {
        return golden(ModelStateMapper.VERSION);
    }

    private static TrainingState training() {
        return new TrainingState(
                        new AdamMoments(new float[] {1.5f, -2, 0, 1}, new float[] {1, 2, 3, 4}),
                        new AlternatingStatistics(),
                        new LipschitzEstimate(1.25f, 1L << 33, true, new float[] {0.5f, 0.25f}),
                        new LambdaState(0.5f, 0.75f),
                        new UsageCounters(new int[] {1, 70_000}, 1L << 40, 2),
                        new NoveltyState(0.125f),
                        new PrototypeState(new Prototypes(new float[] {1, 0}, 0.9f), 2, 3))
                .counts(42, 5);
    }

    /** The same as far as a version knew its fields. */
    private static ModelState golden(int version) {
        ImageShape image = new ImageShape(1, 2, 1);
        DictionaryShape shape = new DictionaryShape(2, 1, image);
        Dictionary dictionary = new Dictionary(shape, new float[] {0.6f, 0.8f, -1, 0}, 42);
        TrainingState training = version < 6 ? new TrainingState().counts(42, 0) : training();
        RunningMean mean = new RunningMean(new long[] {300, 7}, 5);
        StreamImage labelled = new StreamImage(new byte[] {1, -1}, "é", "#1", true);
        StreamImage bare = new StreamImage(new byte[] {2, -2}, null, null, false);
        ActivityTracker activity = new ActivityTracker(ActivitySettings.DEFAULTS);
        Encoding codes = Encoding.zeros(dictionary, new float[] {0.5f, 0, 0, 0}, 2);
        codes.codes()[0] = 2;
        codes.groupNorms()[0] = 2;
        codes.squaredErrors()[0] = 0.25f;
        activity.encoded(List.of(labelled, bare), codes, true);
        return new ModelState(
                new LearnerState(
                        image,
                        dictionary,
                        training,
                        mean,
                        new ImageBuffers(
                                List.of(),
                                version < 5 ? List.of() : List.of(new byte[] {3, -3}),
                                List.of(labelled),
                                List.of(bare)),
                        64,
                        0x1234_5678_9abc_def0L),
                activity,
                new DriftMonitor(DriftSettings.DEFAULTS),
                new LateLabels(0),
                "gray",
                new ModelState.Counts(3, 4, 5),
                version < 4 ? Double.NaN : 0.375);
    }

    @Test
    void everyReleasedVersionIsReadAsTheStateItHolds() throws Exception {
        Map<String, byte[]> files = goldenFiles();
        assertThat(files).containsKey("model-v" + ModelStateMapper.VERSION + ".bin");
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Matcher name = MODEL_FILE.matcher(file.getKey());
            assertThat(name.matches()).as(file.getKey()).isTrue();
            ModelState state = ModelStateSerializer.fromBytes(file.getValue());
            assertThat(ModelStateSerializer.toBytes(state))
                    .as(file.getKey())
                    .isEqualTo(ModelStateSerializer.toBytes(golden(Integer.parseInt(name.group(1)))));
        }
        assertThat(files.get("model-v" + ModelStateMapper.VERSION + ".bin"))
                .as("the version that is written")
                .isEqualTo(ModelStateSerializer.toBytes(golden()));
    }

    @Test
    void theStateHasTheFieldsThatItWasMadeOf() throws Exception {
        for (byte[] file : goldenFiles().values()) {
            ModelState state = ModelStateSerializer.fromBytes(file);
            LearnerState learner = state.learner();
            assertThat(learner.dictionary().atoms()).containsExactly(0.6f, 0.8f, -1, 0);
            assertThat(learner.dictionary().version()).isEqualTo(42);
            assertThat(learner.training().steps()).isEqualTo(42);
            assertThat(learner.mean().sums()).containsExactly(300, 7);
            assertThat(learner.buffers().pending().get(0).label()).isEqualTo("é");
            assertThat(learner.buffers().unlearned().get(0).id()).isNull();
            assertThat(learner.random()).isEqualTo(0x1234_5678_9abc_def0L);
            assertThat(state.counts().unencoded()).isEqualTo(3);
            assertThat(state.counts().rejected()).isEqualTo(4);
            assertThat(state.counts().sinceReport()).isEqualTo(5);
        }
    }

    @Test
    void theFirstBytesAreAsTheLayoutSays() throws IOException {
        byte[] bytes = ModelStateSerializer.toBytes(golden());
        // format, learner format, height 1, width 2, channels 1, a dictionary, 2 groups of 1 atom, version 42, 4 values
        assertThat(Arrays.copyOf(bytes, 1 + 1 + 12 + 1 + 8 + 8 + 4))
                .containsExactly(
                        6, 3, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 1, 1, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 42, 0,
                        0, 0, 4);
    }

    @Test
    void unknownVersionsTrailingBytesAndTruncationsAreRefusedByName() throws IOException {
        byte[] bytes = ModelStateSerializer.toBytes(golden());
        byte[] unknown = bytes.clone();
        unknown[0] = 99;
        assertThatThrownBy(() -> ModelStateSerializer.fromBytes(unknown))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("format version 99, this release reads versions 1 to 6");
        byte[] unknownLearner = bytes.clone();
        unknownLearner[1] = 98;
        assertThatThrownBy(() -> ModelStateSerializer.fromBytes(unknownLearner))
                .hasMessageContaining("learner state has format version 98");
        assertThatThrownBy(() -> ModelStateSerializer.fromBytes(Arrays.copyOf(bytes, bytes.length + 3)))
                .hasMessageContaining("3 bytes are left over");
        for (int length = 0; length < bytes.length; length += 7) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> ModelStateSerializer.fromBytes(cut)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void copiesShareNothing() throws IOException {
        ModelState state = golden();
        ModelStateSerializer serializer = new ModelStateSerializer();
        ModelState copy = serializer.copy(state);
        byte[] before = ModelStateSerializer.toBytes(copy);
        state.learner().dictionary().atoms()[0] = 7;
        state.learner().training().adam().first()[0] = 7;
        state.learner().mean().add(new byte[] {1, 1});
        state.activity().startWindow();
        assertThat(ModelStateSerializer.toBytes(copy)).isEqualTo(before);
    }

    @Test
    void theSerializerRoundTripsThroughFlinksViews() throws IOException {
        ModelStateSerializer serializer = new ModelStateSerializer();
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(golden(), out);
        serializer.serialize(golden(), out);
        DataOutputSerializer copied = new DataOutputSerializer(64);
        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
        serializer.copy(in, copied);
        assertThat(ModelStateSerializer.toBytes(serializer.deserialize(in)))
                .isEqualTo(ModelStateSerializer.toBytes(golden()));
        assertThat(in.available()).isZero();
        assertThat(serializer.snapshotConfiguration().restoreSerializer()).isEqualTo(serializer);
    }

    @Test
    void anOutlineAndAWaitingImageAreAsTheirLayoutsSay() throws Exception {
        ModelOutline outline = new ModelOutline(new ImageShape(1, 2, 3), "gray", 4, 5, 6, 7, 8, true);
        StreamImage image = new StreamImage(new byte[] {1, -1}, "é", null, true);
        byte[] storedOutline = golden("/waiting/outline-v1.bin");
        byte[] storedImage = golden("/waiting/image-v1.bin");
        assertThat(outline.toBytes()).isEqualTo(storedOutline).startsWith(1, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3);
        assertThat(ModelOutline.fromBytes(storedOutline)).isEqualTo(outline);
        assertThat(WaitingImage.toBytes(image))
                .isEqualTo(storedImage)
                .containsExactly(1, 0, 0, 0, 2, 0xc3, 0xa9, -1, -1, -1, -1, 1, 0, 0, 0, 2, 1, -1);
        assertThat(WaitingImage.fromBytes(storedImage))
                .usingRecursiveComparison()
                .isEqualTo(image);
    }

    @Test
    void aWaitingLabelAndWaitingCountsAreAsTheirLayoutsSay() throws Exception {
        WaitingLabel label = new WaitingLabel(7, "é", "x");
        WaitingCounts counts = new WaitingCounts(258, 3, 77);
        byte[] storedLabel = golden("/waiting/label-v1.bin");
        byte[] storedCounts = golden("/waiting/counts-v1.bin");
        assertThat(label.toBytes())
                .isEqualTo(storedLabel)
                .containsExactly(1, 0, 0, 0, 7, 0, 0, 0, 2, 0xc3, 0xa9, 0, 0, 0, 1, 'x');
        assertThat(WaitingLabel.fromBytes(storedLabel)).isEqualTo(label);
        assertThat(counts.toBytes())
                .isEqualTo(storedCounts)
                .containsExactly(1, 0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0, 3, 0, 0, 0, 77);
        assertThat(WaitingCounts.fromBytes(storedCounts)).isEqualTo(counts);
    }

    @Test
    void unknownVersionsTrailingBytesAndTruncationsOfWhatWaitsAreRefusedByName() throws Exception {
        Map<String, Reading> readings = Map.of(
                "/waiting/outline-v1.bin",
                ModelOutline::fromBytes,
                "/waiting/image-v1.bin",
                WaitingImage::fromBytes,
                "/waiting/label-v1.bin",
                WaitingLabel::fromBytes,
                "/waiting/counts-v1.bin",
                WaitingCounts::fromBytes);
        for (Map.Entry<String, Reading> reading : readings.entrySet()) {
            byte[] bytes = golden(reading.getKey());
            byte[] unknown = bytes.clone();
            unknown[0] = 99;
            assertThatThrownBy(() -> reading.getValue().read(unknown))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("format version 99, this release reads version 1");
            assertThatThrownBy(() -> reading.getValue().read(Arrays.copyOf(bytes, bytes.length + 3)))
                    .hasMessageContaining("3 bytes are left over");
            for (int length = 0; length < bytes.length; length++) {
                byte[] cut = Arrays.copyOf(bytes, length);
                assertThatThrownBy(() -> reading.getValue().read(cut)).isInstanceOf(IOException.class);
            }
        }
    }

    private interface Reading {
        Object read(byte[] bytes) throws IOException;
    }

    private static byte[] golden(String resource) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(ModelStateFormatTest.class.getResourceAsStream(resource), resource)) {
            return in.readAllBytes();
        }
    }

    /** All files of the folder {@code state}, by name. */
    private static Map<String, byte[]> goldenFiles() throws IOException, URISyntaxException {
        Path folder = Path.of(
                Objects.requireNonNull(ModelStateFormatTest.class.getResource("/state"), "test resource folder state")
                        .toURI());
        Map<String, byte[]> files = new TreeMap<>();
        List<Path> paths = new ArrayList<>();
        try (Stream<Path> list = Files.list(folder)) {
            list.forEach(paths::add);
        }
        for (Path path : paths) {
            files.put(path.getFileName().toString(), Files.readAllBytes(path));
        }
        return files;
    }
}
