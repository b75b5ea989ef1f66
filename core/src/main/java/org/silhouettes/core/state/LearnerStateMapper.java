package org.silhouettes.core.state;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.imaging.ImageShape;

/**
 * Maps a {@link LearnerState} to bytes and back, big-endian. Arrays, texts and lists stand behind their length, an int32;
 * a missing text has length −1.
 *
 * <pre>
 * version 3
 *   uint8    format version, 3
 *   int32×3  image height, width, channels
 *   uint8    1 where there is a dictionary, 0 during warm-up
 *   if 1:    int32 groups, int32 group size, int64 dictionary version, float32[] atoms
 *   …        training state, as {@link TrainingStateMapper} has it
 *   int64    images in the running mean
 *   int64[]  sums of their samples
 *   list     warm-up images, each as {@link StreamImageFormat} has it
 *   list     pending images, likewise
 *   list     pending images never to be learned from, likewise
 *   list     samples of the images in which new groups will be looked for, each: uint8[]
 *   int64    images learned from
 *   int64    state of the random numbers
 * </pre>
 *
 * <p>Versions 1 and 2 are read by {@link org.silhouettes.core.state.legacy.LegacyLearnerState}.
 */
public final class LearnerStateMapper {

    /** The version that is written. */
    public static final int VERSION = 3;

    private LearnerStateMapper() {}

    public static void write(LearnerState state, DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeInt(state.image().height());
        out.writeInt(state.image().width());
        out.writeInt(state.image().channels());
        writeDictionary(state.dictionary(), out);
        TrainingStateMapper.write(state.training(), out);
        out.writeLong(state.mean().count());
        Binary.writeLongs(out, state.mean().sums());
        writeImages(state.buffers().warmUp(), out);
        writeImages(state.buffers().pending(), out);
        writeImages(state.buffers().unlearned(), out);
        out.writeInt(state.buffers().novel().size());
        for (byte[] samples : state.buffers().novel()) {
            Binary.writeBytes(out, samples);
        }
        out.writeLong(state.learned());
        out.writeLong(state.random());
    }

    /** @throws IOException where the version is unknown or the bytes are damaged */
    public static LearnerState read(DataInput in) throws IOException {
        int version = in.readUnsignedByte();
        if (version != VERSION) {
            throw new IOException("learner state has format version " + version + ", this release reads version "
                    + VERSION + " here: restore it with the release that wrote it, or a later one");
        }
        try {
            ImageShape image = new ImageShape(in.readInt(), in.readInt(), in.readInt());
            Dictionary dictionary = readDictionary(image, in);
            TrainingState training = TrainingStateMapper.read(in);
            RunningMean mean = readMean(in);
            List<StreamImage> warmUp = readImages(in);
            List<StreamImage> pending = readImages(in);
            List<StreamImage> unlearned = readImages(in);
            ImageBuffers buffers = new ImageBuffers(warmUp, readSamples(in), pending, unlearned);
            return new LearnerState(image, dictionary, training, mean, buffers, in.readLong(), in.readLong());
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new IOException("learner state is damaged: " + e.getMessage(), e);
        }
    }

    private static void writeDictionary(Dictionary dictionary, DataOutput out) throws IOException {
        out.writeBoolean(dictionary != null);
        if (dictionary != null) {
            out.writeInt(dictionary.shape().groups());
            out.writeInt(dictionary.shape().groupSize());
            out.writeLong(dictionary.version());
            Binary.writeFloats(out, dictionary.atoms());
        }
    }

    /** Reads a dictionary of these images, null during warm-up. */
    public static Dictionary readDictionary(ImageShape image, DataInput in) throws IOException {
        if (!in.readBoolean()) {
            return null;
        }
        DictionaryShape shape = new DictionaryShape(in.readInt(), in.readInt(), image);
        long updates = in.readLong();
        return new Dictionary(shape, Binary.readFloats(in), updates);
    }

    public static RunningMean readMean(DataInput in) throws IOException {
        long count = in.readLong();
        return new RunningMean(Binary.readLongs(in), count);
    }

    private static void writeImages(List<StreamImage> images, DataOutput out) throws IOException {
        out.writeInt(images.size());
        for (StreamImage image : images) {
            StreamImageFormat.write(image, out);
        }
    }

    public static List<StreamImage> readImages(DataInput in) throws IOException {
        int count = Binary.readLength(in);
        List<StreamImage> images = new ArrayList<>(Math.min(count, 1 << 16));
        for (int i = 0; i < count; i++) {
            images.add(StreamImageFormat.read(in));
        }
        return images;
    }

    /** Reads a list of the samples of images. */
    public static List<byte[]> readSamples(DataInput in) throws IOException {
        int count = Binary.readLength(in);
        List<byte[]> samples = new ArrayList<>(Math.min(count, 1 << 16));
        for (int i = 0; i < count; i++) {
            samples.add(Binary.readBytes(in));
        }
        return samples;
    }
}
