package org.silhouettes.job.learn;

import java.util.ArrayList;
import java.util.List;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.encoder.Encoding;
import org.silhouettes.core.learner.EncodedBatch;
import org.silhouettes.core.state.StreamImage;
import org.silhouettes.wire.message.CodeMessage;

/** Builds code messages: the active groups of an image, each with its norm and its nonzero units. */
final class CodeMessages {

    private CodeMessages() {}

    /** The message of image {@code b} of a mini-batch. */
    static CodeMessage message(String model, EncodedBatch batch, int b) {
        StreamImage image = batch.images().get(b);
        Encoding codes = batch.encoding();
        DictionaryShape shape = codes.shape();
        int values = shape.values();
        List<CodeMessage.Group> groups = new ArrayList<>();
        for (int g = 0; g < shape.groups(); g++) {
            float norm = codes.groupNorms()[b * shape.groups() + g];
            if (norm > 0) {
                groups.add(new CodeMessage.Group(g, norm, units(codes, b, g)));
            }
        }
        return new CodeMessage(
                model,
                image.id(),
                image.label(),
                codes.version(),
                batch.learn(),
                codes.squaredErrors()[b] / values,
                meanSquare(codes.images(), b * values, values),
                groups);
    }

    private static List<CodeMessage.Unit> units(Encoding codes, int b, int g) {
        List<CodeMessage.Unit> units = new ArrayList<>();
        int groupSize = codes.shape().groupSize();
        int from = b * codes.shape().atoms() + g * groupSize;
        for (int k = 0; k < groupSize; k++) {
            float value = codes.codes()[from + k];
            if (value != 0) {
                units.add(new CodeMessage.Unit(k, value));
            }
        }
        return units;
    }

    private static float meanSquare(float[] centred, int from, int values) {
        double sum = 0;
        for (int i = from; i < from + values; i++) {
            sum += (double) centred[i] * centred[i];
        }
        return (float) (sum / values);
    }
}
