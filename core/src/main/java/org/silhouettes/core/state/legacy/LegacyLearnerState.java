package org.silhouettes.core.state.legacy;

import java.io.DataInput;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.state.AdamMoments;
import org.silhouettes.core.state.AlternatingStatistics;
import org.silhouettes.core.state.Binary;
import org.silhouettes.core.state.ImageBuffers;
import org.silhouettes.core.state.LambdaState;
import org.silhouettes.core.state.LearnerState;
import org.silhouettes.core.state.LearnerStateMapper;
import org.silhouettes.core.state.LipschitzEstimate;
import org.silhouettes.core.state.NoveltyState;
import org.silhouettes.core.state.PrototypeState;
import org.silhouettes.core.state.Prototypes;
import org.silhouettes.core.state.RunningMean;
import org.silhouettes.core.state.StreamImage;
import org.silhouettes.core.state.TrainingState;
import org.silhouettes.core.state.UsageCounters;
import org.silhouettes.imaging.ImageShape;

/**
 * Reads versions 1 and 2 of a learner's state, which kept the training state as float arrays by name. Big-endian; arrays,
 * texts and lists stand behind their length, an int32.
 *
 * <pre>
 * version 2
 *   uint8    format version, 2
 *   int32×3  image height, width, channels
 *   uint8    1 where there is a dictionary, 0 during warm-up
 *   if 1:    int32 groups, int32 group size, int64 dictionary version, float32[] atoms
 *   int64    updates
 *   list     arrays of the training state in the order of their names: text name, float32[] values
 *   int64    images in the running mean
 *   int64[]  sums of their samples
 *   list     warm-up images, pending images, pending images never to be learned from: three lists
 *   int64    images learned from
 *   int64    state of the random numbers
 *   list     samples of the novelty buffer, each: uint8[]
 *
 * version 1 has no novelty buffer: it continues with an empty one
 * </pre>
 *
 * <p>An array of any other name than those of {@link #training} was never used and is left out.
 */
public final class LegacyLearnerState {

    /** A version was kept plus one, as its remainder by this and its quotient. */
    private static final long VERSION_PART = 1 << 20;

    private LegacyLearnerState() {}

    /** @throws IOException where the version is unknown or the bytes are damaged */
    public static LearnerState read(DataInput in) throws IOException {
        int version = in.readUnsignedByte();
        if (version != 1 && version != 2) {
            throw new IOException(
                    "learner state has format version " + version
                            + ", this release reads versions 1 and 2 here: restore it with the release that wrote it, or a later one");
        }
        try {
            ImageShape image = new ImageShape(in.readInt(), in.readInt(), in.readInt());
            Dictionary dictionary = LearnerStateMapper.readDictionary(image, in);
            TrainingState training = readTraining(in);
            RunningMean mean = LearnerStateMapper.readMean(in);
            List<StreamImage> warmUp = LearnerStateMapper.readImages(in);
            List<StreamImage> pending = LearnerStateMapper.readImages(in);
            List<StreamImage> unlearned = LearnerStateMapper.readImages(in);
            long learned = in.readLong();
            long random = in.readLong();
            List<byte[]> novel = version == 1 ? List.of() : LearnerStateMapper.readSamples(in);
            ImageBuffers buffers = new ImageBuffers(warmUp, novel, pending, unlearned);
            return new LearnerState(image, dictionary, training, mean, buffers, learned, random);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new IOException("learner state is damaged: " + e.getMessage(), e);
        }
    }

    private static TrainingState readTraining(DataInput in) throws IOException {
        long updates = in.readLong();
        Map<String, float[]> arrays = new HashMap<>();
        for (int left = Binary.readLength(in); left > 0; left--) {
            arrays.put(Binary.readText(in), Binary.readFloats(in));
        }
        return training(updates, arrays);
    }

    /** The training state of these arrays. */
    static TrainingState training(long updates, Map<String, float[]> arrays) {
        float[] lipschitz = numbers(arrays, "lipschitz", 4);
        float lambda = numbers(arrays, "lambda", 1)[0];
        float[] idle = array(arrays, "idle");
        int[] idleUpdates = new int[idle.length];
        Arrays.setAll(idleUpdates, k -> (int) idle[k]);
        float[] resets = numbers(arrays, "revived", 2);
        float[] guide = arrays.get("guide");
        float[] scale = numbers(arrays, "guide.scale", 2);
        return new TrainingState(
                        new AdamMoments(array(arrays, "adam.first"), array(arrays, "adam.second")),
                        new AlternatingStatistics(array(arrays, "alternating.a"), array(arrays, "alternating.b")),
                        new LipschitzEstimate(
                                lipschitz[0],
                                (long) lipschitz[1] + VERSION_PART * (long) lipschitz[2] - 1,
                                lipschitz[3] != 0,
                                array(arrays, "lipschitz.vector")),
                        // 0 stood for the setting's own λ
                        new LambdaState(lambda == 0 ? 1 : lambda, numbers(arrays, "silent", 1)[0]),
                        new UsageCounters(idleUpdates, (long) resets[0], (long) resets[1]),
                        new NoveltyState(numbers(arrays, "strangers", 1)[0]),
                        new PrototypeState(guide == null ? null : prototypes(guide), scale[0], scale[1]))
                .counts(updates, (long) numbers(arrays, "dropped", 1)[0]);
    }

    private static Prototypes prototypes(float[] guide) {
        if (guide.length == 0) {
            throw new IllegalArgumentException("the prototypes have no minimum cosine");
        }
        return new Prototypes(Arrays.copyOf(guide, guide.length - 1), guide[guide.length - 1]);
    }

    private static float[] array(Map<String, float[]> arrays, String name) {
        return arrays.getOrDefault(name, new float[0]);
    }

    private static float[] numbers(Map<String, float[]> arrays, String name, int count) {
        float[] numbers = array(arrays, name);
        return numbers.length == count ? numbers : new float[count];
    }
}
