package org.silhouettes.core.state;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Maps a {@link TrainingState} to bytes and back, a part of {@link LearnerStateMapper}. An array that is not used is empty.
 *
 * <pre>
 *   int64      updates
 *   int64      dropped updates
 *   float32[]  Adam's first moments, then the second
 *   float32[]  A of the alternating update, then B
 *   float32    Lipschitz constant, int64 the version it belongs to, uint8 1 where the clamp was reported, float32[] vector
 *   float32    λ as a share of its setting, float32 share of zero codes
 *   int32[]    updates since each atom's last use, int64 atoms re-initialised, int64 groups re-initialised
 *   float32    share of novel images
 *   uint8      1 where there are prototypes
 *   if 1:      float32[] prototypes, float32 minimum cosine
 *   float32    mean square of the warm-up images, float32 mean norm of their strongest groups
 * </pre>
 */
final class TrainingStateMapper {

    private TrainingStateMapper() {}

    static void write(TrainingState state, DataOutput out) throws IOException {
        out.writeLong(state.steps());
        out.writeLong(state.droppedUpdates());
        Binary.writeFloats(out, state.adam().first());
        Binary.writeFloats(out, state.adam().second());
        Binary.writeFloats(out, state.alternating().a());
        Binary.writeFloats(out, state.alternating().b());
        out.writeFloat(state.lipschitz().constant());
        out.writeLong(state.lipschitz().version());
        out.writeBoolean(state.lipschitz().clampReported());
        Binary.writeFloats(out, state.lipschitz().vector());
        out.writeFloat(state.lambda().share());
        out.writeFloat(state.lambda().zeroCodeShare());
        Binary.writeInts(out, state.usage().idle());
        out.writeLong(state.usage().resetAtoms());
        out.writeLong(state.usage().resetGroups());
        out.writeFloat(state.novelty().share());
        Prototypes prototypes = state.prototypes().prototypes();
        out.writeBoolean(prototypes != null);
        if (prototypes != null) {
            Binary.writeFloats(out, prototypes.values());
            out.writeFloat(prototypes.minCosine());
        }
        out.writeFloat(state.prototypes().meanSquare());
        out.writeFloat(state.prototypes().meanNorm());
    }

    static TrainingState read(DataInput in) throws IOException {
        long steps = in.readLong();
        long dropped = in.readLong();
        AdamMoments adam = new AdamMoments(Binary.readFloats(in), Binary.readFloats(in));
        AlternatingStatistics statistics = new AlternatingStatistics(Binary.readFloats(in), Binary.readFloats(in));
        LipschitzEstimate lipschitz =
                new LipschitzEstimate(in.readFloat(), in.readLong(), in.readBoolean(), Binary.readFloats(in));
        LambdaState lambda = new LambdaState(in.readFloat(), in.readFloat());
        UsageCounters usage = new UsageCounters(Binary.readInts(in), in.readLong(), in.readLong());
        NoveltyState novelty = new NoveltyState(in.readFloat());
        Prototypes kept = in.readBoolean() ? new Prototypes(Binary.readFloats(in), in.readFloat()) : null;
        PrototypeState prototypes = new PrototypeState(kept, in.readFloat(), in.readFloat());
        return new TrainingState(adam, statistics, lipschitz, lambda, usage, novelty, prototypes)
                .counts(steps, dropped);
    }
}
