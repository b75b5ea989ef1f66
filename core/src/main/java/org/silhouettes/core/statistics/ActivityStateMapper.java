package org.silhouettes.core.statistics;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.silhouettes.core.state.Binary;
import org.silhouettes.core.statistics.ActivityState.Losses;
import org.silhouettes.core.statistics.ActivityState.Means;
import org.silhouettes.core.statistics.ActivityState.OfClass;
import org.silhouettes.core.statistics.ActivityState.Sums;
import org.silhouettes.core.statistics.ActivityState.Usage;

/**
 * Writes and reads an {@link ActivityState}, big-endian, arrays and texts after their int32 length:
 *
 * <pre>
 * version 1
 *   uint8     format version, 1
 *   int64     images encoded
 *   window    images learned from: int64 images, float64×3 sums of squared error, squared image, group norms,
 *             int64×5 active groups, active units, zero codes, labelled images given a class, right ones
 *   window    images not learned from, likewise
 *   int64[]   images by strongest group; int64[] images by active group; float64[] sums of n_g²; int64[] by active unit
 *   list      classes in the order of their labels, each: text label, int64 images, int64 window images, float32[]
 *             group norms, unit activity, strongest shares, mean image, reconstruction, float64[] energy by group,
 *             int64[] window images by strongest group, learned from, and not
 * </pre>
 */
public final class ActivityStateMapper {

    /** The version that is written. */
    static final int VERSION = 1;

    private ActivityStateMapper() {}

    /** Writes the present version. */
    public static void write(ActivityState state, DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeLong(state.encoded());
        write(state.learned(), out);
        write(state.unlearned(), out);
        Usage usage = state.usage();
        Binary.writeLongs(out, usage.strongest());
        Binary.writeLongs(out, usage.active());
        Binary.writeDoubles(out, usage.energy());
        Binary.writeLongs(out, usage.unitActive());
        out.writeInt(state.classes().size());
        for (Map.Entry<String, OfClass> entry : state.classes().entrySet()) {
            Binary.writeText(out, entry.getKey());
            write(entry.getValue(), out);
        }
    }

    private static void write(Sums sums, DataOutput out) throws IOException {
        out.writeLong(sums.images());
        out.writeDouble(sums.losses().squaredError());
        out.writeDouble(sums.losses().squaredImage());
        out.writeDouble(sums.losses().norms());
        out.writeLong(sums.activeGroups());
        out.writeLong(sums.activeUnits());
        out.writeLong(sums.zeroCodes());
        out.writeLong(sums.assigned());
        out.writeLong(sums.hits());
    }

    private static void write(OfClass state, DataOutput out) throws IOException {
        out.writeLong(state.images());
        out.writeLong(state.windowImages());
        Means means = state.means();
        Binary.writeFloats(out, means.groupNorm());
        Binary.writeFloats(out, means.unitActivity());
        Binary.writeFloats(out, means.strongest());
        Binary.writeFloats(out, means.meanImage());
        Binary.writeFloats(out, means.reconstruction());
        Binary.writeDoubles(out, state.energy());
        Binary.writeLongs(out, state.learnedCounts());
        Binary.writeLongs(out, state.unlearnedCounts());
    }

    /**
     * Reads any version.
     *
     * @throws IOException if the version is unknown or the bytes are damaged
     */
    public static ActivityState read(DataInput in) throws IOException {
        int version = in.readUnsignedByte();
        if (version != VERSION) {
            throw new IOException("activity state has format version " + version
                    + ", this release reads version 1: restore it with the release that wrote it, or a later one");
        }
        return new ActivityState(in.readLong(), sums(in), sums(in), usage(in), classes(in));
    }

    private static Sums sums(DataInput in) throws IOException {
        return new Sums(
                in.readLong(),
                new Losses(in.readDouble(), in.readDouble(), in.readDouble()),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong());
    }

    private static Usage usage(DataInput in) throws IOException {
        return new Usage(Binary.readLongs(in), Binary.readLongs(in), Binary.readDoubles(in), Binary.readLongs(in));
    }

    private static SortedMap<String, OfClass> classes(DataInput in) throws IOException {
        SortedMap<String, OfClass> classes = new TreeMap<>();
        for (int left = Binary.readLength(in); left > 0; left--) {
            classes.put(Binary.readText(in), ofClass(in));
        }
        return classes;
    }

    private static OfClass ofClass(DataInput in) throws IOException {
        return new OfClass(
                in.readLong(),
                in.readLong(),
                new Means(
                        Binary.readFloats(in),
                        Binary.readFloats(in),
                        Binary.readFloats(in),
                        Binary.readFloats(in),
                        Binary.readFloats(in)),
                Binary.readDoubles(in),
                Binary.readLongs(in),
                Binary.readLongs(in));
    }
}
