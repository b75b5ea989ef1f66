package org.silhouettes.core.state.legacy;

import java.io.DataInput;
import java.io.IOException;
import org.silhouettes.core.state.AdwinState;
import org.silhouettes.core.state.Binary;
import org.silhouettes.core.state.DriftState;
import org.silhouettes.core.state.DriftStateMapper;
import org.silhouettes.core.state.PageHinkleyState;
import org.silhouettes.core.state.StandardiserState;

/**
 * Reads the drift state of any version. Version 1 treats values as independent:
 *
 * <pre>
 *   uint8    1; int32 updates for which an action is still to last; int32 quiet runs; int32 images; float64 sum; int64[] by
 *            strongest group; float64[] shares; scale and test of the error, scale and test of the use, scales without
 *            covariance and last deviation; adwin; list
 * </pre>
 */
public final class LegacyDriftState {

    private LegacyDriftState() {}

    /**
     * Reads any version.
     *
     * @throws IOException if the version is unknown or the bytes are damaged
     */
    public static DriftState read(DataInput in) throws IOException {
        int version = in.readUnsignedByte();
        return switch (version) {
            case 1 -> readVersion1(in);
            case DriftStateMapper.VERSION -> DriftStateMapper.readCurrent(in);
            default ->
                throw new IOException(
                        "drift state has format version " + version + ", this release reads versions 1 and 2");
        };
    }

    private static DriftState readVersion1(DataInput in) throws IOException {
        int acting = in.readInt();
        int quiet = in.readInt();
        int images = in.readInt();
        double errors = in.readDouble();
        long[] strongest = Binary.readLongs(in);
        double[] shares = Binary.readDoubles(in);
        StandardiserState errorScale = readScale(in);
        PageHinkleyState errorTest = DriftStateMapper.readTest(in);
        StandardiserState useScale = readScale(in);
        PageHinkleyState useTest = DriftStateMapper.readTest(in);
        AdwinState adwin = DriftStateMapper.readAdwin(in);
        return new DriftState(
                acting,
                images,
                new DriftState.ErrorPart(errorScale, errorTest, adwin, errors, quiet),
                new DriftState.UsePart(useScale, useTest, strongest, shares),
                DriftStateMapper.readMarks(in));
    }

    private static StandardiserState readScale(DataInput in) throws IOException {
        return new StandardiserState(in.readLong(), in.readDouble(), in.readDouble(), 0, 0);
    }
}
