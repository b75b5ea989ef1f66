package org.silhouettes.experiments.bench;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.encoder.Encoding;
import org.silhouettes.core.learner.TrainingStep;
import org.silhouettes.core.state.TrainingState;
import org.silhouettes.core.update.UpdateSettings;
import org.silhouettes.linalg.LinalgBackend;

/** This project's engine, on the calling thread. */
public final class SilhouettesBenchmark implements Benchmark {

    private static final UpdateSettings SETTINGS = UpdateSettings.PAPER;

    private final BenchInput input;
    private final Clock clock;
    private final LinalgBackend backend;
    private final Map<Step, Map<Integer, TrainingStep>> engines = new EnumMap<>(Step.class);

    /** @param backend what multiplies matrices */
    public SilhouettesBenchmark(BenchInput input, Clock clock, LinalgBackend backend) {
        this.input = input;
        this.clock = clock;
        this.backend = backend;
    }

    @Override
    public String name() {
        return backend == LinalgBackend.VECTOR ? "ours" : backend.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public boolean takesPart(Step step) {
        return true;
    }

    @Override
    public double imagesPerSecond(Step step, int batch, double seconds) {
        TrainingStep engine =
                engines.computeIfAbsent(step, s -> new HashMap<>()).computeIfAbsent(batch, size -> engine(step, size));
        Dictionary dictionary = input.dictionary().copy();
        TrainingState state = new TrainingState();
        float[][] batches = new float[input.count() / batch][];
        for (int i = 0; i < batches.length; i++) {
            batches[i] = input.batch(i, batch);
        }
        // the cold power iteration and the Gram matrix of a dictionary at rest are not part of a step
        engine.encode(dictionary, state, batches[0], batch);
        long images = 0;
        long begin = clock.nanos();
        long end = begin;
        for (int i = 0; end - begin < seconds * 1e9; i++) {
            float[] next = batches[i % batches.length];
            Encoding encoding = engine.encode(dictionary, state, next, batch);
            if (step != Step.ENCODE) {
                engine.update(dictionary, state, encoding);
            }
            images += batch;
            end = clock.nanos();
        }
        return images / ((end - begin) / 1e9);
    }

    private TrainingStep engine(Step step, int batch) {
        UpdateSettings settings = new UpdateSettings(
                step.rule(),
                SETTINGS.learningRate(),
                SETTINGS.beta1(),
                SETTINGS.beta2(),
                SETTINGS.epsilon(),
                SETTINGS.rho(),
                SETTINGS.forgetting());
        return new TrainingStep(input.dictionary().shape(), input.encoder().withBackend(backend), settings, batch);
    }

    @Override
    public void close() {
        engines.values().forEach(bySize -> bySize.values().forEach(TrainingStep::close));
    }
}
