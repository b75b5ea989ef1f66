package org.silhouettes.core.benchmark;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.encoder.EncoderSettings;
import org.silhouettes.core.encoder.Encoding;
import org.silhouettes.core.learner.TrainingStep;
import org.silhouettes.core.state.TrainingState;
import org.silhouettes.core.update.UpdateRule;
import org.silhouettes.core.update.UpdateSettings;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.linalg.Random64;

/**
 * Microseconds a mini-batch, and bytes allocated: encoding alone, and encoding with each update, of the paper's shapes
 * (784 values, 10 groups of 32, 15 FISTA layers, λ 7.5) on images planted from two groups each. Run by {@code
 * benchmarks/jmh}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class StepBenchmark {

    private static final DictionaryShape SHAPE = new DictionaryShape(10, 32, new ImageShape(28, 28, 1));

    /** Images of a mini-batch. */
    @Param({"64", "256"})
    public int batch;

    /** The update, or none. */
    @Param({"NONE", "BACKPROP", "DECODER", "ALTERNATING"})
    public String update;

    private TrainingStep engine;
    private Dictionary dictionary;
    private TrainingState state;
    private float[] images;

    /** All from fixed seeds. */
    @Setup(Level.Trial)
    public void setUp() {
        UpdateRule rule = update.equals("NONE") ? UpdateRule.DECODER : UpdateRule.valueOf(update);
        engine = new TrainingStep(
                SHAPE, EncoderSettings.PAPER, new UpdateSettings(rule, 1e-3, 0.9, 0.999, 1e-8, 1, 0), batch);
        state = new TrainingState();
        Random64 random = new Random64(1);
        dictionary = new Dictionary(SHAPE, atoms(random), 0);
        dictionary.normaliseInPlace();
        images = images(random);
    }

    /** Atoms around a centre a group, their mean cosine about 0.6. */
    private static float[] atoms(Random64 random) {
        int values = SHAPE.values();
        float[] atoms = new float[SHAPE.size()];
        float[] centre = new float[values];
        for (int k = 0; k < SHAPE.atoms(); k++) {
            for (int i = 0; i < values; i++) {
                if (k % SHAPE.groupSize() == 0) {
                    centre[i] = (float) random.nextGaussian();
                }
                atoms[k * values + i] = centre[i] + 0.8f * (float) random.nextGaussian();
            }
        }
        return atoms;
    }

    private float[] images(Random64 random) {
        int values = SHAPE.values();
        float[] out = new float[batch * values];
        for (int b = 0; b < batch; b++) {
            for (int part = 0; part < 2; part++) {
                int group = random.nextInt(SHAPE.groups());
                for (int unit = 0; unit < SHAPE.groupSize() / 2; unit++) {
                    int atom = group * SHAPE.groupSize() + random.nextInt(SHAPE.groupSize());
                    for (int i = 0; i < values; i++) {
                        out[b * values + i] += 0.25f * dictionary.atoms()[atom * values + i];
                    }
                }
            }
        }
        return out;
    }

    /** One mini-batch. */
    @Benchmark
    public Encoding step() {
        Encoding encoding = engine.encode(dictionary, state, images, batch);
        if (!update.equals("NONE")) {
            engine.update(dictionary, state, encoding);
        }
        return encoding;
    }

    /** Gives the engine's memory back. */
    @TearDown(Level.Trial)
    public void tearDown() {
        engine.close();
    }

    /** Runs all of them with the garbage collector's profiler; arguments are names of updates to run alone. */
    public static void main(String[] updates) throws RunnerException {
        OptionsBuilder options = new OptionsBuilder();
        options.include(StepBenchmark.class.getSimpleName())
                .forks(1)
                .warmupIterations(3)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(5)
                .measurementTime(TimeValue.seconds(1))
                .addProfiler(GCProfiler.class);
        if (updates.length > 0) {
            options.param("update", updates);
        }
        new Runner(options.build()).run();
    }
}
