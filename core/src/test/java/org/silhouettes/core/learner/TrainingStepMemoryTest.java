package org.silhouettes.core.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.encoder.EncoderSettings;
import org.silhouettes.core.encoder.Encoding;
import org.silhouettes.core.state.TrainingState;
import org.silhouettes.core.update.UpdateRule;
import org.silhouettes.core.update.UpdateSettings;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.linalg.Kernels;
import org.silhouettes.linalg.Random64;
import org.silhouettes.linalg.nd4j.Matrix;

/** The memory that {@link TrainingStep} says it takes, against all arrays and matrices that can be reached from one. */
class TrainingStepMemoryTest {

    private static final int BATCH = 64;

    @BeforeAll
    static void kernelsHaveVectors() {
        assumeTrue(
                Kernels.best().description().startsWith("vectors of"),
                "the figures are of a JVM with vectors; plain Java keeps rows in arrays of their own");
    }

    /** What the documentation says of the paper's model, in megabytes of 10⁶ bytes. */
    @ParameterizedTest
    @CsvSource({"BACKPROP, 6.6", "DECODER, 3.1", "ALTERNATING, 4.8"})
    void engineTakesWhatItsDocumentationSays(UpdateRule rule, double megabytes) throws IllegalAccessException {
        DictionaryShape shape = new DictionaryShape(10, 32, new ImageShape(28, 28, 1));
        long bytes = bytes(shape, rule);
        assertThat(bytes / 1e6).isCloseTo(megabytes, Offset.offset(0.05));
        assertThat((double) bytes).isCloseTo(formula(shape, rule), Percentage.withPercentage(2));
    }

    @ParameterizedTest
    @CsvSource({"BACKPROP", "DECODER", "ALTERNATING"})
    void formulaHoldsForAnotherShape(UpdateRule rule) throws IllegalAccessException {
        DictionaryShape shape = new DictionaryShape(20, 24, new ImageShape(32, 32, 1));
        assertThat((double) bytes(shape, rule)).isCloseTo(formula(shape, rule), Percentage.withPercentage(2));
    }

    /** Every pair of groups has a list of its own: nothing may be as long as all lists together. */
    @Test
    void formulaHoldsForManyGroupsNarrowerThanATile() throws IllegalAccessException {
        DictionaryShape shape = new DictionaryShape(60, 16, new ImageShape(8, 8, 1));
        float[] atoms = new float[shape.size()];
        Random64 random = new Random64(1);
        for (int i = 0; i < atoms.length; i++) {
            atoms[i] = (float) random.nextGaussian();
        }
        Dictionary dictionary = new Dictionary(shape, atoms, 0);
        dictionary.normaliseInPlace();
        float[] images = new float[BATCH * shape.values()];
        for (int b = 0; b < BATCH; b++) {
            // an image of one group each, the last groups too
            int atom = (shape.groups() - 1 - b % shape.groups()) * shape.groupSize();
            for (int i = 0; i < shape.values(); i++) {
                images[b * shape.values() + i] = 10 * atoms[atom * shape.values() + i];
            }
        }
        double most =
                TrainingStepMemory.bytes(shape, EncoderSettings.PAPER, UpdateRule.BACKPROP, BATCH, shape.groups());
        assertThat((double) bytes(dictionary, images, UpdateRule.BACKPROP)).isBetween(most / 3, most);
    }

    /** Many models of small images have an engine for each shape: what is little for one is much for all. */
    @ParameterizedTest
    @CsvSource({"BACKPROP", "DECODER", "ALTERNATING"})
    void formulaHoldsForSmallShapes(UpdateRule rule) throws IllegalAccessException {
        for (DictionaryShape shape : new DictionaryShape[] {
            new DictionaryShape(1, 32, new ImageShape(4, 4, 1)),
            new DictionaryShape(3, 4, new ImageShape(6, 6, 1)),
            new DictionaryShape(10, 32, new ImageShape(12, 9, 1))
        }) {
            double formula =
                    TrainingStepMemory.bytes(shape, EncoderSettings.PAPER, rule, BATCH, Math.min(4, shape.groups()));
            assertThat((double) bytes(shape, rule)).as("%s", shape).isBetween(0.7 * formula, 1.1 * formula);
        }
    }

    /** With a trace of four groups a layer. */
    private static double formula(DictionaryShape shape, UpdateRule rule) {
        return TrainingStepMemory.bytes(shape, EncoderSettings.PAPER, rule, BATCH, 4);
    }

    private static long bytes(DictionaryShape shape, UpdateRule rule) throws IllegalAccessException {
        Dictionary dictionary = new Dictionary(shape, new float[shape.size()], 0);
        return bytes(dictionary, new float[BATCH * shape.values()], rule);
    }

    private static long bytes(Dictionary dictionary, float[] images, UpdateRule rule) throws IllegalAccessException {
        DictionaryShape shape = dictionary.shape();
        UpdateSettings update = new UpdateSettings(rule, 1e-3, 0.9, 0.999, 1e-8, 1, 0);
        try (TrainingStep engine = new TrainingStep(shape, EncoderSettings.PAPER, update, BATCH)) {
            TrainingState state = new TrainingState();
            Encoding encoding = engine.encode(dictionary, state, images, BATCH);
            engine.update(dictionary, state, encoding);
            Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
            // what is the model's or the caller's
            seen.add(dictionary);
            seen.add(dictionary.atoms());
            seen.add(images);
            return bytes(engine, seen);
        }
    }

    /** Bytes of all arrays and matrices that can be reached and have not been seen. */
    private static long bytes(Object object, Set<Object> seen) throws IllegalAccessException {
        if (object == null || !seen.add(object)) {
            return 0;
        }
        Class<?> type = object.getClass();
        if (type.isArray()) {
            return arrayBytes(object, seen);
        }
        if (!type.getName().startsWith("org.silhouettes.") || type.isEnum()) {
            return 0;
        }
        long sum = 0;
        if (object instanceof Matrix matrix) {
            sum += (long) matrix.rows() * matrix.columns() * Float.BYTES;
        }
        for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
            for (Field field : c.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                    field.setAccessible(true);
                    sum += bytes(field.get(object), seen);
                }
            }
        }
        return sum;
    }

    private static long arrayBytes(Object array, Set<Object> seen) throws IllegalAccessException {
        int length = Array.getLength(array);
        Class<?> of = array.getClass().getComponentType();
        if (of == float.class || of == int.class) {
            return 4L * length;
        }
        if (of == byte.class || of == boolean.class) {
            return length;
        }
        long sum = 0;
        for (int i = 0; i < length; i++) {
            sum += bytes(Array.get(array, i), seen);
        }
        return sum;
    }
}
