package org.silhouettes.core.learner;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.state.Binary;
import org.silhouettes.imaging.ImageShape;

/**
 * Persisted form of a {@link LearnerState}, big-endian. Arrays, texts and lists stand behind their length, an int32; a
 * missing text has length −1.
 *
 * <pre>
 * version 2
 *   uint8    format version, 2
 *   int32×3  image height, width, channels
 *   uint8    1 where there is a dictionary, 0 during warm-up
 *   if 1:    int32 groups, int32 group size, int64 dictionary version, float32[] atoms
 *   int64    optimiser steps
 *   list     optimiser arrays in the order of their names: text name, float32[] values
 *   int64    images in the running mean
 *   int64[]  sums of their samples
 *   list     warm-up images, each as {@link StreamImageFormat} has it
 *   list     pending images, likewise
 *   list     pending images never to be learned from, likewise
 *   int64    images learned from
 *   int64    state of the random numbers
 *   list     samples of gathered images, each: uint8[]
 *
 * version 1 has no gathered images: it goes on with none
 * </pre>
 */
public final class LearnerStateFormat {

    /** The version that is written. */
    public static final int VERSION = 2;

    private LearnerStateFormat() {}

    public static void write(LearnerState state, DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeInt(state.image().height());
        out.writeInt(state.image().width());
        out.writeInt(state.image().channels());
        Dictionary dictionary = state.dictionary();
        out.writeBoolean(dictionary != null);
        if (dictionary != null) {
            out.writeInt(dictionary.shape().groups());
            out.writeInt(dictionary.shape().groupSize());
            out.writeLong(dictionary.version());
            Binary.writeFloats(out, dictionary.atoms());
        }
        out.writeLong(state.optimiser().steps());
        out.writeInt(state.optimiser().arrays().size());
        for (var entry : state.optimiser().arrays().entrySet()) {
            Binary.writeText(out, entry.getKey());
            Binary.writeFloats(out, entry.getValue());
        }
        out.writeLong(state.mean().count());
        Binary.writeLongs(out, state.mean().sums());
        writeImages(state.warmUp(), out);
        writeImages(state.pending(), out);
        writeImages(state.pendingUnlearned(), out);
        out.writeLong(state.learned());
        out.writeLong(state.random());
        out.writeInt(state.gathered().size());
        for (byte[] samples : state.gathered()) {
            Binary.writeBytes(out, samples);
        }
    }

    /** @throws IOException where the version is unknown or the bytes are damaged */
    public static LearnerState read(DataInput in) throws IOException {
        int version = in.readUnsignedByte();
        return switch (version) {
            case 1, 2 -> read(version, in);
            default ->
                throw new IOException(
                        "learner state has format version " + version
                                + ", this release reads versions 1 and 2: restore it with the release that wrote it, or a later one");
        };
    }

    private static LearnerState read(int version, DataInput in) throws IOException {
        try {
            ImageShape image = new ImageShape(in.readInt(), in.readInt(), in.readInt());
            Dictionary dictionary = null;
            if (in.readBoolean()) {
                DictionaryShape shape = new DictionaryShape(in.readInt(), in.readInt(), image);
                long updates = in.readLong();
                dictionary = new Dictionary(shape, Binary.readFloats(in), updates);
            }
            OptimiserState optimiser = new OptimiserState();
            optimiser.steps(in.readLong());
            for (int left = Binary.readLength(in); left > 0; left--) {
                optimiser.put(Binary.readText(in), Binary.readFloats(in));
            }
            long averaged = in.readLong();
            RunningMean mean = new RunningMean(Binary.readLongs(in), averaged);
            List<StreamImage> warmUp = readImages(in);
            List<StreamImage> pending = readImages(in);
            List<StreamImage> pendingUnlearned = readImages(in);
            long learned = in.readLong();
            long random = in.readLong();
            List<byte[]> gathered = new ArrayList<>();
            for (int left = version < 2 ? 0 : Binary.readLength(in); left > 0; left--) {
                gathered.add(Binary.readBytes(in));
            }
            return new LearnerState(
                    image, dictionary, optimiser, mean, warmUp, gathered, pending, pendingUnlearned, learned, random);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new IOException("learner state is damaged: " + e.getMessage(), e);
        }
    }

    private static void writeImages(List<StreamImage> images, DataOutput out) throws IOException {
        out.writeInt(images.size());
        for (StreamImage image : images) {
            StreamImageFormat.write(image, out);
        }
    }

    private static List<StreamImage> readImages(DataInput in) throws IOException {
        int count = Binary.readLength(in);
        List<StreamImage> images = new ArrayList<>(Math.min(count, 1 << 16));
        for (int i = 0; i < count; i++) {
            images.add(StreamImageFormat.read(in));
        }
        return images;
    }
}
