package org.silhouettes.core.learner;

import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.encoder.CodeBatch;
import org.silhouettes.core.encoder.EncoderSettings;
import org.silhouettes.core.encoder.Gram;
import org.silhouettes.core.encoder.Lipschitz;
import org.silhouettes.core.encoder.UnrolledEncoder;
import org.silhouettes.core.state.TrainingState;
import org.silhouettes.linalg.Kernels;
import org.silhouettes.linalg.LinalgBackend;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The unrolled encoder and the dictionary update with all their buffers, for every model of one shape that a thread
 * works on. Holds no state of a model: that is the dictionary and its {@link TrainingState}, and nothing depends on
 * which models the engine served in between. Not thread-safe.
 *
 * <p>Memory, on the heap and off it together, in float32 of 4 bytes, with K atoms of m values in Γ groups of d, batches of B
 * and T layers: the encoder takes
 *
 * <pre>
 *   K m + K² + max(K², 2¹⁷) + B K + min(B, 64) (5 K + 10 Γ)
 * </pre>
 *
 * <p>and the update besides
 *
 * <pre>
 *   BACKPROP      2 K m + K² + 3 B K + 128 Γ² + 4 B T (2 d + 3)
 *   DECODER       max(d, 32) m + B m
 *   ALTERNATING   2 K m + 9 m
 * </pre>
 *
 * <p>that is, with some smaller arrays, 6.3, 2.8 and 4.5 MB for 784 x 320, 10 groups, a batch of 64 and 15 layers. The
 * last term of {@code BACKPROP} is for four groups on in a layer; it grows to at most 2 B T K (2.5 MB there in place of 1
 * MB); {@link TrainingStepMemory} reckons all this. A {@link CodeBatch} takes B (m + K + Γ + 1) more. {@link LinalgBackend#ND4J} makes
 * copies besides, off the heap, of what is multiplied. The dictionary and its state are the model's: K m each for the
 * dictionary and two moments, or K m and K² for the statistics.
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
    private final DeadAtomReset revival;
    private Dictionary encodedBy;
    private long encodedVersion;
    private CodeBatch encodedInto;
    private int encodedCount;

    /** An engine of the plain method, with {@link OrganisationSettings#NONE}. */
    public TrainingStep(DictionaryShape shape, EncoderSettings encoder, UpdateSettings update, int batch) {
        this(shape, encoder, update, OrganisationSettings.NONE, batch);
    }

    /**
     * @param batch the largest mini-batch
     * @throws IllegalStateException where the native library of {@link LinalgBackend#ND4J} multiplies wrongly
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
        this.update = switch (update.rule()) {
            case BACKPROP -> new BackpropUpdate(shape, update, kernels, gram, this.encoder, batch);
            case DECODER -> new DecoderUpdate(shape, update, kernels, batch);
            case ALTERNATING -> new AlternatingUpdate(shape, update, kernels, batch);
        };
        this.lambda = new LambdaSchedule(encoder.lambda(), organisation.lambdaGrowth());
        this.revival = new DeadAtomReset(shape, organisation.reviveAfter());
    }

    public DictionaryShape shape() {
        return shape;
    }

    public int batch() {
        return batch;
    }

    /** Bytes of what is recorded of the layers, which grows with the groups that are on. */
    long traceBytes() {
        return encoder.traceBytes();
    }

    /**
     * Encodes a batch and fills {@code out}. Brings the model's step up to the dictionary's version, if need be.
     *
     * @param images centred images, [count, values], row-major
     * @param count 1 … {@link #batch()}
     */
    public void encode(Dictionary dictionary, TrainingState state, float[] images, int count, CodeBatch out) {
        encoder.lambda(lambda.lambda(state));
        encoder.encode(gramOf(dictionary), step(dictionary, state), images, count, out);
        encodedBy = dictionary;
        encodedVersion = dictionary.version();
        encodedInto = out;
        encodedCount = count;
    }

    /** The step τ that the encoder takes with this dictionary. */
    public double step(Dictionary dictionary, TrainingState state) {
        return lipschitz.step(settings, dictionary, gramOf(dictionary).rows(), state.lipschitz());
    }

    /** λ as the model is encoded with now: the settings' own, or less on the way back from a dead start. */
    public double lambda(TrainingState state) {
        return lambda.lambda(state);
    }

    /**
     * Updates the dictionary with the batch that {@link #encode} was given last (encodes it again where the engine has
     * served another model since); the version grows by one. An update that would bring a non-finite value into the
     * dictionary is dropped, counted and logged instead.
     *
     * @return whether the dictionary was updated
     */
    public boolean learn(Dictionary dictionary, TrainingState state, float[] images, int count, CodeBatch codes) {
        return learn(dictionary, state, images, count, codes, GuidanceLoss.Targets.NONE);
    }

    /** The same, led to these groups. */
    boolean learn(
            Dictionary dictionary,
            TrainingState state,
            float[] images,
            int count,
            CodeBatch codes,
            GuidanceLoss.Targets targets) {
        if (dictionary != encodedBy
                || dictionary.version() != encodedVersion
                || codes != encodedInto
                || count != encodedCount) {
            encode(dictionary, state, images, count, codes);
        }
        encodedBy = null;
        update.lead(targets);
        update.leastRate(lambda.leastRate(state));
        if (!finite(codes, count) || !update.apply(dictionary, state, images, count, codes)) {
            state.countDroppedUpdate();
            LOG.warn(
                    "update {} of a dictionary of {} is not finite: dropped, the {}th of this model",
                    state.steps() + 1,
                    shape,
                    state.droppedUpdates());
            return false;
        }
        if (!lambda.advance(state, codes, count)) {
            revival.apply(dictionary, state, images, count, codes);
        }
        state.countStep();
        dictionary.updated();
        return true;
    }

    /** An image that is not finite has a code of zeros, or one that is not finite, and an error that is not. */
    private boolean finite(CodeBatch codes, int count) {
        return Finite.all(codes.squaredErrors(), count) && Finite.all(codes.groupNorms(), count * shape.groups());
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
