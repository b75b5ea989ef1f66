package org.silhouettes.core.learner;

import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.encoder.EncoderSettings;
import org.silhouettes.core.initialisation.PrototypeScratch;

/** The memory of a {@link TrainingStep} by the formula that its documentation gives. */
public final class TrainingStepMemory {

    /** Edges of tiles and lists whose length does not follow from the shape. */
    private static final double SMALL_ARRAYS = 24_000;

    private TrainingStepMemory() {}

    /**
     * Bytes of an engine with the buffers that {@link TrainingStepCache} has for it, but for the trace of {@code BACKPROP}, which
     * grows with the groups that are on.
     */
    static double fixedBytes(DictionaryShape shape, LearnerSettings settings) {
        double b = settings.batch();
        double k = shape.atoms();
        double m = shape.values();
        double g = shape.groups();
        double codes = b * (m + k + g + 1);
        double guide = PrototypeScratch.bytes(shape.image(), shape.groups(), settings.batch());
        return bytes(shape, settings.encoder(), settings.update().rule(), settings.batch(), 0)
                + Float.BYTES * (codes + 2 * b * m + b)
                + guide;
    }

    /** Bytes of all that {@link TrainingStepCache} has for a shape, at most. */
    public static double mostBytes(DictionaryShape shape, LearnerSettings settings) {
        UpdateRule rule = settings.update().rule();
        EncoderSettings encoder = settings.encoder();
        double trace = bytes(shape, encoder, rule, settings.batch(), shape.groups())
                - bytes(shape, encoder, rule, settings.batch(), 0);
        return fixedBytes(shape, settings) + trace;
    }

    /** The longest array of an engine and its buffers; an array may have 2³¹ − 1 values at most. */
    public static double longestArray(DictionaryShape shape, LearnerSettings settings) {
        double b = settings.batch();
        double k = (double) shape.groups() * shape.groupSize();
        double m = shape.values();
        double g = shape.groups();
        double trace = settings.update().rule() == UpdateRule.BACKPROP
                ? b * settings.encoder().layers() * k
                : 0;
        double pairs = 64 * g * g;
        return Math.max(Math.max(Math.max(k, b) * Math.max(k, m), trace), Math.max(pairs, 32 * g * Math.max(b, 392)));
    }

    /**
     * Bytes, on the heap and off it together; good to 2 % for all but tiny shapes.
     *
     * @param batch the largest mini-batch
     * @param groupsOn groups that are on in a layer for an image, on average; only {@code BACKPROP} keeps them
     */
    public static double bytes(
            DictionaryShape shape, EncoderSettings encoder, UpdateRule rule, int batch, double groupsOn) {
        double k = shape.atoms();
        double m = shape.values();
        double g = shape.groups();
        double d = shape.groupSize();
        double b = batch;
        double layered = panels(m, k) + k * k + aligned(k * k) + b * k + Math.min(b, 64) * (5 * k + 10 * g) + 2 * g * g;
        double update =
                switch (rule) {
                    case BACKPROP ->
                        panels(k, m)
                                + k * m
                                + k * k
                                + 3 * b * k
                                + 128 * g * g
                                + groupsOn * b * encoder.layers() * (2 * d + 3);
                    case DECODER -> Math.max(d, 32) * m + b * m;
                    case ALTERNATING -> panels(k, m) + k * m + 9 * m;
                };
        return SMALL_ARRAYS + Float.BYTES * (layered + update);
    }

    /** Values of a factor of so many rows, in panels of 32 columns. */
    private static double panels(double depth, double columns) {
        return aligned(depth * Math.ceil(columns / 32) * 32);
    }

    /** An array that is neither small nor large takes half a region of the heap. */
    private static double aligned(double values) {
        return values < 1 << 15 ? values : Math.max(1 << 17, values);
    }
}
