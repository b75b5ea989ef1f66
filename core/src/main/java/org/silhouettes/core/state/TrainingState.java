package org.silhouettes.core.state;

import org.silhouettes.core.dictionary.DictionaryShape;

/**
 * What the training of one model remembers between mini-batches, next to the dictionary. A part that the settings do not
 * use stays empty. Not thread-safe.
 */
public final class TrainingState {

    private final AdamMoments adam;
    private final AlternatingStatistics alternating;
    private final LipschitzEstimate lipschitz;
    private final LambdaState lambda;
    private final UsageCounters usage;
    private final NoveltyState novelty;
    private final PrototypeState prototypes;
    private long steps;
    private long droppedUpdates;

    /** The state of a model that has learned nothing yet. */
    public TrainingState() {
        this(
                new AdamMoments(),
                new AlternatingStatistics(),
                new LipschitzEstimate(),
                new LambdaState(),
                new UsageCounters(),
                new NoveltyState(),
                new PrototypeState());
    }

    /** Restores a state of these parts, see {@link #counts}. */
    public TrainingState(
            AdamMoments adam,
            AlternatingStatistics alternating,
            LipschitzEstimate lipschitz,
            LambdaState lambda,
            UsageCounters usage,
            NoveltyState novelty,
            PrototypeState prototypes) {
        this.adam = adam;
        this.alternating = alternating;
        this.lipschitz = lipschitz;
        this.lambda = lambda;
        this.usage = usage;
        this.novelty = novelty;
        this.prototypes = prototypes;
    }

    /** Sets both counts, to restore a state. */
    public TrainingState counts(long restoredSteps, long restoredDropped) {
        steps = restoredSteps;
        droppedUpdates = restoredDropped;
        return this;
    }

    /** Updates made so far. */
    public long steps() {
        return steps;
    }

    public void countStep() {
        steps++;
    }

    /** Updates that were dropped because the dictionary would not have stayed finite. */
    public long droppedUpdates() {
        return droppedUpdates;
    }

    public void countDroppedUpdate() {
        droppedUpdates++;
    }

    public AdamMoments adam() {
        return adam;
    }

    public AlternatingStatistics alternating() {
        return alternating;
    }

    public LipschitzEstimate lipschitz() {
        return lipschitz;
    }

    public LambdaState lambda() {
        return lambda;
    }

    public UsageCounters usage() {
        return usage;
    }

    public NoveltyState novelty() {
        return novelty;
    }

    public PrototypeState prototypes() {
        return prototypes;
    }

    /** Forgets all that the update remembers of an atom, which was re-initialised. */
    public void resetAtom(int atom, DictionaryShape shape) {
        adam.resetAtom(atom, shape.values());
        alternating.resetAtom(atom, shape.atoms(), shape.values());
        usage.resetAtom(atom);
    }

    /** Makes room for further groups behind those of {@code before}, of which nothing is remembered. */
    public void grow(DictionaryShape before, DictionaryShape after) {
        adam.grow(after.atoms(), after.values());
        alternating.grow(before.atoms(), after.atoms(), after.values());
        lipschitz.grow(after.atoms());
        usage.grow(after.atoms());
    }

    /** Bytes of all arrays. */
    public long bytes() {
        Prototypes kept = prototypes.prototypes();
        long numbers = (long) adam.first().length
                + adam.second().length
                + alternating.a().length
                + alternating.b().length
                + lipschitz.vector().length
                + usage.idle().length
                + (kept == null ? 0 : kept.values().length);
        return Float.BYTES * numbers;
    }

    /** An independent copy. */
    public TrainingState copy() {
        return new TrainingState(
                        adam.copy(),
                        alternating.copy(),
                        lipschitz.copy(),
                        lambda.copy(),
                        usage.copy(),
                        novelty.copy(),
                        prototypes.copy())
                .counts(steps, droppedUpdates);
    }
}
