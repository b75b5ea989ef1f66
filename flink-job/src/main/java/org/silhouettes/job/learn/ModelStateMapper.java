package org.silhouettes.job.learn;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.silhouettes.core.drift.DriftMonitor;
import org.silhouettes.core.drift.DriftSettings;
import org.silhouettes.core.state.Binary;
import org.silhouettes.core.state.DriftState;
import org.silhouettes.core.state.DriftStateMapper;
import org.silhouettes.core.state.LearnerState;
import org.silhouettes.core.state.LearnerStateMapper;
import org.silhouettes.core.state.legacy.LegacyDriftState;
import org.silhouettes.core.state.legacy.LegacyLearnerState;
import org.silhouettes.core.statistics.ActivitySettings;
import org.silhouettes.core.statistics.ActivityStateMapper;
import org.silhouettes.core.statistics.ActivityTracker;
import org.silhouettes.core.statistics.LateLabels;
import org.silhouettes.core.statistics.LateLabelsMapper;

/**
 * Maps a {@link ModelState} to bytes and back, big-endian:
 *
 * <pre>
 * version 6
 *   uint8   format version, 6
 *   …       the learner, as {@link LearnerStateMapper} has it
 *   …       the activity, as {@link ActivityStateMapper} has it
 *   …       the drift monitor, as {@link DriftStateMapper} has it
 *   text    channel mode that the model was started in, behind its int32 length
 *   int64   unencoded images
 *   int64   rejected images
 *   int32   batches since the last report
 *   …       late labels and what waits for them, as {@link LateLabelsMapper} has it
 *   float64 block coherence of the last snapshot's dictionary, NaN where unknown
 *
 * version 5 has version 2 of the learner, as {@link LegacyLearnerState} has it
 * version 4 has version 1 of the learner and of the drift monitor
 * version 3 has no block coherence: it is unknown until the next snapshot
 * version 2 has no late labels either: it continues with none waiting
 * version 1 has no drift monitor either: it continues with one that has seen nothing
 * </pre>
 */
public final class ModelStateMapper {

    /** The version that is written. */
    public static final int VERSION = 6;

    private ModelStateMapper() {}

    public static void write(ModelState state, DataOutput out) throws IOException {
        out.writeByte(VERSION);
        LearnerStateMapper.write(state.learner(), out);
        ActivityStateMapper.write(state.activity().state(), out);
        DriftStateMapper.write(state.drift().state(), out);
        Binary.writeText(out, state.channels());
        out.writeLong(state.counts().unencoded());
        out.writeLong(state.counts().rejected());
        out.writeInt(state.counts().sinceReport());
        LateLabelsMapper.write(state.labels().state(), out);
        out.writeDouble(state.blockCoherence());
    }

    /** @throws IOException where the version is unknown or the bytes are damaged */
    public static ModelState read(DataInput in) throws IOException {
        int version = in.readUnsignedByte();
        return switch (version) {
            case 1, 2, 3, 4, 5, VERSION -> read(version, in);
            default ->
                throw new IOException(
                        "model state has format version " + version + ", this release reads versions 1 to " + VERSION
                                + ": restore it with the release that wrote it, or a later one");
        };
    }

    private static ModelState read(int version, DataInput in) throws IOException {
        LearnerState learner = version < VERSION ? LegacyLearnerState.read(in) : LearnerStateMapper.read(in);
        ActivityTracker activity = new ActivityTracker(ActivityStateMapper.read(in), ActivitySettings.DEFAULTS);
        DriftState drift = version == 1 ? DriftState.EMPTY : LegacyDriftState.read(in);
        String channels = Binary.readText(in);
        ModelState.Counts counts = new ModelState.Counts(in.readLong(), in.readLong(), in.readInt());
        LateLabels labels = version < 3 ? new LateLabels(0) : new LateLabels(LateLabelsMapper.read(in));
        double blockCoherence = version < 4 ? Double.NaN : in.readDouble();
        return new ModelState(
                learner,
                activity,
                new DriftMonitor(DriftSettings.DEFAULTS, drift),
                labels,
                channels,
                counts,
                blockCoherence);
    }
}
