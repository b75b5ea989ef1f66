package org.silhouettes.core.learner;

import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.encoder.EncoderSettings;
import org.silhouettes.core.encoder.Encoding;
import org.silhouettes.core.encoder.Gram;
import org.silhouettes.core.encoder.Lipschitz;
import org.silhouettes.core.encoder.UnrolledEncoder;
import org.silhouettes.core.organisation.DeadAtomReset;
import org.silhouettes.core.organisation.GuidanceLoss;
import org.silhouettes.core.organisation.LambdaSchedule;
import org.silhouettes.core.organisation.OrganisationSettings;
import org.silhouettes.core.state.TrainingState;
import org.silhouettes.core.update.DictionaryUpdate;
import org.silhouettes.core.update.Finite;
import org.silhouettes.core.update.UpdateContext;
import org.silhouettes.core.update.UpdateRule;
import org.silhouettes.core.update.UpdateSettings;
import org.silhouettes.linalg.Kernels;
import org.silhouettes.linalg.LinalgBackend;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Encodes mini-batches and updates dictionaries, for all models of one shape on one thread. Holds buffers only: a model is
 * its dictionary and its {@link TrainingState}, so the models that were processed in between do not affect a result. Not
 * thread-safe.
 *
 * <p>Memory, heap and native together, in float32 values of 4 bytes, for K atoms of m values in Γ groups of d, batches of B
 * images and T layers. The encoder takes
 *
 * <pre>
 *   K m + K² + max(K², 2¹⁷) + B K + min(B, 64) (5 K + 10 Γ) + B (m + K + Γ + 1)
 * </pre>
 *
 * <p>of which the last term is the {@link Encoding}. The update takes in addition
 *
 * <pre>
 *   BACKPROP      2 K m + K² + 3 B K + 128 Γ² + 4 B T (2 d + 3)
 *   DECODER       max(d, 32) m + B m
 *   ALTERNATING   2 K m + 9 m
 * </pre>
 *
 * <p>With some smaller arrays that is 6.6, 3.1 and 4.8 MB for 784 x 320, 10 groups, a batch of 64 and 15 layers. The last
 * term of {@code BACKPROP} is for four active groups per layer; it grows to at most 2 B T K (2.5 MB instead of 1 MB there).
 * {@link TrainingStepMemory} computes all this. {@link LinalgBackend#ND4J} also copies its operands to native memory. The
 * dictionary and its state belong to the model: K m each for the dictionary and two moments, or K m and K² for the
 * statistics.
 */
public final class TrainingStep implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TrainingStep.class);

    private final DictionaryShape shape;
    private final EncoderSettings settings;
    private final int batch;
    private final Gram gram;
    private final Lipschitz lipschitz;
    private final UnrolledEncoder encoder;
    private final DictionaryUpdate update;
    private final LambdaSchedule lambda;
    private final DeadAtomReset deadAtoms;

    /** A training step of the plain method, with {@link OrganisationSettings#NONE}. */
    public TrainingStep(DictionaryShape shape, EncoderSettings encoder, UpdateSettings update, int batch) {
        this(shape, encoder, update, OrganisationSettings.NONE, batch);
    }

    /**
     * A training step for dictionaries of {@code shape}.
     *
     * @param batch the largest mini-batch
     * @throws IllegalStateException if the native library of {@link LinalgBackend#ND4J} computes wrong products
     */
    public TrainingStep(
            DictionaryShape shape,
            EncoderSettings encoder,
            UpdateSettings update,
            OrganisationSettings organisation,
            int batch) {
        Kernels kernels = Kernels.of(encoder.backend());
        this.shape = shape;
        this.settings = encoder;
        this.batch = batch;
        this.gram = new Gram(shape, kernels);
        this.lipschitz = new Lipschitz(shape.atoms());
        this.encoder = new UnrolledEncoder(shape, encoder, batch, update.rule() == UpdateRule.BACKPROP);
        this.update = DictionaryUpdate.of(update, kernels, gram, this.encoder, batch);
        this.lambda =
                new LambdaSchedule(encoder.lambda(), organisation.lambdaGrowth(), UpdateSettings.PAPER.learningRate());
        this.deadAtoms = new DeadAtomReset(shape, organisation.resetAfter());
    }

    public DictionaryShape shape() {
        return shape;
    }

    /** Size of the largest mini-batch. */
    public int batch() {
        return batch;
    }

    /** Bytes of the forward tape, which grows with the number of active groups. */
    long tapeBytes() {
        return encoder.tapeBytes();
    }

    /**
     * Encodes a mini-batch.
     *
     * @param images centred images, [count, values], row-major
     * @param count 1 … {@link #batch()}
     * @return the encoding; the next call overwrites it
     */
    public Encoding encode(Dictionary dictionary, TrainingState state, float[] images, int count) {
        double weight = lambda.lambda(state);
        return encoder.encode(gramOf(dictionary), weight, step(dictionary, state), images, count);
    }

    /** The encoder's step τ for this dictionary. */
    public double step(Dictionary dictionary, TrainingState state) {
        return lipschitz.step(settings, dictionary, gramOf(dictionary).rows(), state.lipschitz());
    }

    /** The model's current λ: the configured one, or less while {@link LambdaSchedule} recovers from zero codes. */
    public double lambda(TrainingState state) {
        return lambda.lambda(state);
    }

    /** The plain update, see {@link #update(Dictionary, TrainingState, Encoding, GuidanceLoss.Targets)}. */
    public boolean update(Dictionary dictionary, TrainingState state, Encoding encoding) {
        return update(dictionary, state, encoding, GuidanceLoss.Targets.NONE);
    }

    /**
     * Updates the dictionary with a mini-batch; its version grows by one. An update with a non-finite result is dropped,
     * counted and logged.
     *
     * @param encoding what {@link #encode} returned last
     * @param targets groups for the guidance loss
     * @return whether the dictionary was updated
     * @throws IllegalStateException if the encoding is not by this dictionary at its current version
     */
    public boolean update(Dictionary dictionary, TrainingState state, Encoding encoding, GuidanceLoss.Targets targets) {
        if (!encoding.isBy(dictionary)) {
            throw new IllegalStateException("the last encoding is not by this dictionary at version "
                    + dictionary.version() + ": encode the batch right before the update");
        }
        UpdateContext context = UpdateContext.of(targets, lambda.minLearningRate(state));
        if (!finite(encoding) || !update.apply(encoding, state, context)) {
            state.countDroppedUpdate();
            LOG.warn(
                    "dropped update {} of a dictionary of {}: the result is not finite ({} dropped so far)",
                    state.steps() + 1,
                    shape,
                    state.droppedUpdates());
            return false;
        }
        if (!lambda.advance(state, encoding)) {
            deadAtoms.apply(encoding, state);
        }
        state.countStep();
        dictionary.updated();
        return true;
    }

    /** An image that is not finite has a zero or non-finite code, and a non-finite error. */
    private boolean finite(Encoding encoding) {
        return Finite.all(encoding.squaredErrors(), encoding.count())
                && Finite.all(encoding.groupNorms(), encoding.count() * shape.groups());
    }

    private Gram gramOf(Dictionary dictionary) {
        gram.use(dictionary);
        return gram;
    }

    @Override
    public void close() {
        update.close();
        encoder.close();
        gram.close();
    }
}
