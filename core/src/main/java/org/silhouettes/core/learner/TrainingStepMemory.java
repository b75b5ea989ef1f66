package org.silhouettes.core.learner;

import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.encoder.EncoderSettings;
import org.silhouettes.core.initialisation.PrototypeScratch;
import org.silhouettes.core.update.UpdateRule;

/** Computes the memory of a {@link TrainingStep} by the formula in its documentation. */
public final class TrainingStepMemory {

    /** Bytes of tiles and lists whose length does not depend on the shape. */
    private static final double SMALL_ARRAYS = 24_000;

    private TrainingStepMemory() {}

    /** Bytes of a training step with its buffers in {@link TrainingStepCache}, without the forward tape, which grows. */
    static double fixedBytes(DictionaryShape shape, LearnerSettings settings) {
        double b = settings.batch();
        double m = shape.values();
        double targets = PrototypeScratch.bytes(shape.image(), shape.groups(), settings.batch());
        return bytes(shape, settings.encoder(), settings.update().rule(), settings.batch(), 0)
                + Float.BYTES * (2 * b * m + b)
                + targets;
    }

    /** Upper bound of the bytes that {@link TrainingStepCache} holds for a shape. */
    public static double maxBytes(DictionaryShape shape, LearnerSettings settings) {
        UpdateRule rule = settings.update().rule();
        EncoderSettings encoder = settings.encoder();
        double tape = bytes(shape, encoder, rule, settings.batch(), shape.groups())
                - bytes(shape, encoder, rule, settings.batch(), 0);
        return fixedBytes(shape, settings) + tape;
    }

    /** Length of the longest array of a training step and its buffers; Java allows 2³¹ − 1. */
    public static double longestArray(DictionaryShape shape, LearnerSettings settings) {
        double b = settings.batch();
        double k = (double) shape.groups() * shape.groupSize();
        double m = shape.values();
        double g = shape.groups();
        double tape = settings.update().rule() == UpdateRule.BACKPROP
                ? b * settings.encoder().layers() * k
                : 0;
        double pairs = 64 * g * g;
        return Math.max(Math.max(Math.max(k, b) * Math.max(k, m), tape), Math.max(pairs, 32 * g * Math.max(b, 392)));
    }

    /**
     * Bytes of a training step, heap and native, within 2 % for all but tiny shapes.
     *
     * @param batch the largest mini-batch
     * @param activeGroups mean number of active groups per layer and image; only {@code BACKPROP} records them
     */
    public static double bytes(
            DictionaryShape shape, EncoderSettings encoder, UpdateRule rule, int batch, double activeGroups) {
        double k = shape.atoms();
        double m = shape.values();
        double g = shape.groups();
        double d = shape.groupSize();
        double b = batch;
        double layered = panels(m, k) + k * k + aligned(k * k) + b * k + Math.min(b, 64) * (5 * k + 10 * g) + 2 * g * g;
        double encoding = b * (m + k + g + 1);
        double update =
                switch (rule) {
                    case BACKPROP ->
                        panels(k, m)
                                + k * m
                                + k * k
                                + 3 * b * k
                                + 128 * g * g
                                + activeGroups * b * encoder.layers() * (2 * d + 3);
                    case DECODER -> Math.max(d, 32) * m + b * m;
                    case ALTERNATING -> panels(k, m) + k * m + 9 * m;
                };
        return SMALL_ARRAYS + Float.BYTES * (layered + encoding + update);
    }

    /** Values of a packed matrix, in panels of 32 columns. */
    private static double panels(double depth, double columns) {
        return aligned(depth * Math.ceil(columns / 32) * 32);
    }

    /** Values of an array, rounded up to half a heap region unless it is small. */
    private static double aligned(double values) {
        return values < 1 << 15 ? values : Math.max(1 << 17, values);
    }
}
