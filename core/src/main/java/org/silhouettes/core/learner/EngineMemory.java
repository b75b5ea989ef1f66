package org.silhouettes.core.learner;

import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.encoder.EncoderSettings;

/** The memory of a {@link LearningEngine} by the formula that its documentation gives. */
public final class EngineMemory {

    private EngineMemory() {}

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
        double layered = k * m + k * k + Math.max(1 << 17, k * k) + b * k + Math.min(b, 64) * (5 * k + 10 * g);
        double update =
                switch (rule) {
                    case BACKPROP ->
                        2 * k * m + k * k + 3 * b * k + 128 * g * g + groupsOn * b * encoder.layers() * (2 * d + 3);
                    case DECODER -> Math.max(d, 32) * m + b * m;
                    case ALTERNATING -> 2 * k * m + 9 * m;
                };
        return Float.BYTES * (layered + update);
    }
}
