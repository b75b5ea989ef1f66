package org.silhouettes.experiments.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.encoder.EncoderSettings;
import org.silhouettes.core.encoder.Encoding;
import org.silhouettes.core.initialisation.InitialisationSettings;
import org.silhouettes.core.initialisation.Initialiser;
import org.silhouettes.core.initialisation.WarmUp;
import org.silhouettes.core.learner.TrainingStep;
import org.silhouettes.core.state.TrainingState;
import org.silhouettes.core.update.UpdateSettings;
import org.silhouettes.linalg.Random64;
import org.silhouettes.producers.dataset.ImageSource;
import org.silhouettes.wire.Npy;

/**
 * What every contestant works on: centred images and one dictionary, initialised by k-means and pretrained for a few steps, so that its
 * codes are as sparse as those of a model at work.
 *
 * @param source name of the data set
 * @param images centred images, [count, values]
 * @param step the step τ that this dictionary allows
 * @param activeGroups groups a code has on average
 * @param activeUnits units a code has on average
 */
@SuppressWarnings("ArrayRecordComponent")
public record BenchInput(
        String source,
        Dictionary dictionary,
        float[] images,
        int count,
        EncoderSettings encoder,
        double step,
        double activeGroups,
        double activeUnits) {

    private static final int IMAGES = 4096;
    private static final int BATCH = 64;
    private static final int WARM_UP_STEPS = 200;

    /** The paper's group-sparse model, 10 groups of 32, on the first images of a source. */
    public static BenchInput of(ImageSource source) throws IOException {
        int values = source.shape().values();
        int count = (int) Math.min(IMAGES, source.size());
        float[] images = new float[count * values];
        float[] mean = new float[values];
        for (int b = 0; b < count; b++) {
            byte[] samples = source.image(b).samples();
            for (int i = 0; i < values; i++) {
                images[b * values + i] = (samples[i] & 0xff) / 255f;
                mean[i] += images[b * values + i] / count;
            }
        }
        for (int i = 0; i < images.length; i++) {
            images[i] -= mean[i % values];
        }
        InitialisationSettings start = InitialisationSettings.KMEANS;
        int warmUp = Math.min(count, start.warmUpImages());
        Dictionary dictionary = Initialiser.initialise(
                        start,
                        10,
                        32,
                        new WarmUp(
                                source.shape(),
                                Arrays.copyOf(images, warmUp * values),
                                mean,
                                warmUp,
                                Collections.nCopies(warmUp, null)),
                        new Random64(0))
                .dictionary();
        return pretrained(source.name(), dictionary, images, count);
    }

    private static BenchInput pretrained(String source, Dictionary dictionary, float[] images, int count) {
        EncoderSettings encoder = EncoderSettings.PAPER;
        int values = dictionary.shape().values();
        TrainingState state = new TrainingState();
        try (TrainingStep engine = new TrainingStep(dictionary.shape(), encoder, UpdateSettings.PAPER, BATCH)) {
            int batches = count / BATCH;
            for (int i = 0; i < WARM_UP_STEPS; i++) {
                int from = i % batches * BATCH * values;
                float[] batch = Arrays.copyOfRange(images, from, from + BATCH * values);
                engine.update(dictionary, state, engine.encode(dictionary, state, batch, BATCH));
            }
            double groups = 0;
            double units = 0;
            for (int i = 0; i < batches; i++) {
                float[] batch = Arrays.copyOfRange(images, i * BATCH * values, (i + 1) * BATCH * values);
                Encoding codes = engine.encode(dictionary, state, batch, BATCH);
                groups += share(codes.groupNorms());
                units += share(codes.codes());
            }
            return new BenchInput(
                    source,
                    dictionary,
                    images,
                    count,
                    encoder,
                    engine.step(dictionary, state),
                    groups / batches * dictionary.shape().groups(),
                    units / batches * dictionary.shape().atoms());
        }
    }

    private static double share(float[] values) {
        int nonzero = 0;
        for (float v : values) {
            nonzero += v != 0 ? 1 : 0;
        }
        return (double) nonzero / values.length;
    }

    /** Batch {@code i} of the given size, cyclic. */
    float[] batch(int i, int size) {
        int values = dictionary.shape().values();
        int from = i % (count / size) * size * values;
        return Arrays.copyOfRange(images, from, from + size * values);
    }

    /** Writes what a script reads: {@code dictionary.npy}, {@code images.npy} and {@code settings.json}. */
    public void write(Path folder) throws IOException {
        int values = dictionary.shape().values();
        Files.write(
                folder.resolve("dictionary.npy"),
                Npy.encode(dictionary.atoms(), dictionary.shape().atoms(), values));
        Files.write(folder.resolve("images.npy"), Npy.encode(images, count, values));
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("groups", dictionary.shape().groups());
        settings.put("groupSize", dictionary.shape().groupSize());
        settings.put("lambda", encoder.lambda());
        settings.put("step", step);
        settings.put("layers", encoder.layers());
        new ObjectMapper().writeValue(folder.resolve("settings.json").toFile(), settings);
    }
}
