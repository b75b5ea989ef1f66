package org.silhouettes.dashboards.probe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.encoder.EncoderSettings;
import org.silhouettes.core.encoder.Encoding;
import org.silhouettes.core.learner.TrainingStep;
import org.silhouettes.core.state.TrainingState;
import org.silhouettes.core.update.UpdateSettings;
import org.silhouettes.imaging.Samples;

/**
 * One dictionary, ready to encode images as the job does: the same encoder from core, the same settings, the same step. Made
 * for one request, closed after it. Not thread-safe.
 */
public final class Probe implements AutoCloseable {

    private static final int BATCH = 64;

    private final Dictionary dictionary;
    private final DictionaryShape shape;
    private final EncoderSettings settings;
    private final float[] mean;
    private final TrainingState state = new TrainingState();
    private final TrainingStep engine;

    /**
     * One layer's outcome for one image.
     *
     * @param codes x after that layer, [atoms]
     * @param groupNorms [groups]
     * @param reconstruction of the centred image, [values]
     * @param squaredError ‖y − xW‖²
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Layer(float[] codes, float[] groupNorms, float[] reconstruction, float squaredError) {}

    /**
     * @param mean the mean image that is subtracted, [values]
     */
    public Probe(Dictionary dictionary, float[] mean, EncoderSettings settings) {
        this.dictionary = dictionary;
        this.shape = dictionary.shape();
        this.settings = settings;
        this.mean = mean;
        this.engine = engine(settings, BATCH);
    }

    private TrainingStep engine(EncoderSettings encoder, int batch) {
        return new TrainingStep(shape, encoder, UpdateSettings.PAPER, batch);
    }

    /** The step τ that the encoder takes. */
    public double step() {
        return engine.step(dictionary, state);
    }

    /** The dictionary's Lipschitz constant L; 0 before the first encoding. */
    public double lipschitz() {
        return state.lipschitz().constant();
    }

    public EncoderSettings settings() {
        return settings;
    }

    /** The image's code after every layer, 1 … T: a layer depends on none after it, so T encoders of 1 … T layers tell. */
    public List<Layer> layers(byte[] samples) {
        float[] centred = centred(samples);
        List<Layer> layers = new ArrayList<>();
        for (int t = 1; t <= settings.layers(); t++) {
            EncoderSettings upTo = new EncoderSettings(
                    settings.lambda(),
                    settings.step(),
                    settings.stepRule(),
                    t,
                    settings.unrolling(),
                    settings.shrinkage());
            try (TrainingStep encoder = engine(upTo, 1)) {
                Encoding out = encoder.encode(dictionary, state, centred, 1);
                layers.add(new Layer(
                        out.codes().clone(),
                        out.groupNorms().clone(),
                        out.reconstructions().clone(),
                        out.squaredErrors()[0]));
            }
        }
        return layers;
    }

    /** Group norms of every image, [groups] each. */
    public List<float[]> groupNorms(List<byte[]> images) {
        List<float[]> norms = new ArrayList<>();
        for (int from = 0; from < images.size(); from += BATCH) {
            int count = Math.min(BATCH, images.size() - from);
            float[] centred = new float[count * shape.values()];
            for (int b = 0; b < count; b++) {
                System.arraycopy(centred(images.get(from + b)), 0, centred, b * shape.values(), shape.values());
            }
            Encoding out = engine.encode(dictionary, state, centred, count);
            for (int b = 0; b < count; b++) {
                norms.add(Arrays.copyOfRange(out.groupNorms(), b * shape.groups(), (b + 1) * shape.groups()));
            }
        }
        return norms;
    }

    /** The image in [0, 1] minus the mean image, [values]. */
    public float[] centred(byte[] samples) {
        if (samples.length != shape.values()) {
            throw new IllegalArgumentException(
                    "image has " + samples.length + " values, this dictionary expects " + shape.values());
        }
        float[] centred = new float[samples.length];
        Samples.centre(samples, mean, centred, 0);
        return centred;
    }

    /** What a layer makes of the image it encoded: its reconstruction plus the mean image, as 8-bit samples. */
    public byte[] reconstructed(Layer layer) {
        byte[] samples = new byte[mean.length];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = Samples.of(layer.reconstruction()[i] + mean[i]);
        }
        return samples;
    }

    @Override
    public void close() {
        engine.close();
    }
}
