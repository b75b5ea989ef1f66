package org.silhouettes.core.state;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.silhouettes.core.state.DriftState.ErrorPart;
import org.silhouettes.core.state.DriftState.UsePart;

/**
 * Writes and reads {@link DriftState}, big-endian:
 *
 * <pre>
 *   uint8    format version, 2
 *   int32    updates for which an action is still to last
 *   int32    images since the tests last ran
 *   error    scale, test, adwin; float64 sum of the same images' relative errors; int32 runs of the tests for which ADWIN
 *            may not raise an alarm again
 *   use      scale, test; int64[] the same images by strongest group, zero codes last; float64[] decaying mean of the shares
 *   list     int32 marks not yet reported, each: int64 version, text detector, text detail
 *   where    scale is int64 values, float64 mean, variance, covariance of neighbours, last deviation; test is float64 sum,
 *            minimum of the sum; adwin is int32 rows, each: int32 buckets, each: float64 sum, float64 sum of squares;
 *            float64 sum, float64 sum of squares
 * </pre>
 *
 * Package {@code legacy} reads version 1.
 */
public final class DriftStateMapper {

    /** The version that is written. */
    public static final int VERSION = 2;

    private DriftStateMapper() {}

    /** Writes the present version. */
    public static void write(DriftState state, DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeInt(state.acting());
        out.writeInt(state.images());
        writeScaleAndTest(state.error().scale(), state.error().test(), out);
        writeAdwin(state.error().adwin(), out);
        out.writeDouble(state.error().sum());
        out.writeInt(state.error().quiet());
        writeScaleAndTest(state.use().scale(), state.use().test(), out);
        Binary.writeLongs(out, state.use().strongest());
        Binary.writeDoubles(out, state.use().shares());
        out.writeInt(state.marks().size());
        for (DriftMark mark : state.marks()) {
            out.writeLong(mark.version());
            Binary.writeText(out, mark.detector());
            Binary.writeText(out, mark.detail());
        }
    }

    /**
     * Reads the present version, without its first byte, the version.
     *
     * @throws IOException if the bytes are damaged
     */
    public static DriftState readCurrent(DataInput in) throws IOException {
        return new DriftState(
                in.readInt(),
                in.readInt(),
                new ErrorPart(readScale(in), readTest(in), readAdwin(in), in.readDouble(), in.readInt()),
                new UsePart(readScale(in), readTest(in), Binary.readLongs(in), Binary.readDoubles(in)),
                readMarks(in));
    }

    private static void writeScaleAndTest(StandardiserState scale, PageHinkleyState test, DataOutput out)
            throws IOException {
        out.writeLong(scale.count());
        out.writeDouble(scale.mean());
        out.writeDouble(scale.variance());
        out.writeDouble(scale.covariance());
        out.writeDouble(scale.last());
        out.writeDouble(test.sum());
        out.writeDouble(test.min());
    }

    private static StandardiserState readScale(DataInput in) throws IOException {
        return new StandardiserState(in.readLong(), in.readDouble(), in.readDouble(), in.readDouble(), in.readDouble());
    }

    /** Reads a test: the same in all versions. */
    public static PageHinkleyState readTest(DataInput in) throws IOException {
        return new PageHinkleyState(in.readDouble(), in.readDouble());
    }

    private static void writeAdwin(AdwinState adwin, DataOutput out) throws IOException {
        out.writeInt(adwin.rows().size());
        for (List<AdwinState.Bucket> row : adwin.rows()) {
            out.writeInt(row.size());
            for (AdwinState.Bucket bucket : row) {
                out.writeDouble(bucket.sum());
                out.writeDouble(bucket.squares());
            }
        }
        out.writeDouble(adwin.sum());
        out.writeDouble(adwin.squares());
    }

    /** Reads an ADWIN window: the same in all versions. */
    public static AdwinState readAdwin(DataInput in) throws IOException {
        List<List<AdwinState.Bucket>> rows = new ArrayList<>();
        for (int left = checked(in.readInt(), Long.SIZE - 1); left > 0; left--) {
            List<AdwinState.Bucket> row = new ArrayList<>();
            for (int buckets = checked(in.readInt(), AdwinState.MAX_BUCKETS); buckets > 0; buckets--) {
                row.add(new AdwinState.Bucket(in.readDouble(), in.readDouble()));
            }
            rows.add(row);
        }
        return new AdwinState(rows, in.readDouble(), in.readDouble());
    }

    private static int checked(int count, int max) throws IOException {
        if (count < 0 || count > max) {
            throw new IOException("state is damaged: ADWIN with " + count + " of at most " + max + " rows or buckets");
        }
        return count;
    }

    /** Reads the marks: the same in all versions. */
    public static List<DriftMark> readMarks(DataInput in) throws IOException {
        List<DriftMark> marks = new ArrayList<>();
        for (int left = Binary.readLength(in); left > 0; left--) {
            marks.add(new DriftMark(in.readLong(), Binary.readText(in), Binary.readText(in)));
        }
        return marks;
    }
}
