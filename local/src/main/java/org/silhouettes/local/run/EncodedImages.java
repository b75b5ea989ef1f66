package org.silhouettes.local.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.silhouettes.core.evaluation.EncodedImage;

/** The codes of a run, told apart by their ids. */
final class EncodedImages {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String model;
    private final int groups;
    private final List<EncodedImage> fit = new ArrayList<>();
    private final List<EncodedImage> test = new ArrayList<>();

    /** @param groups of the model's dictionary */
    EncodedImages(String model, int groups) {
        this.model = model;
        this.groups = groups;
    }

    /** Counts a record of topic {@code codes} in, where it is of this model and of an image that was not learned from. */
    void add(byte[] json) {
        try {
            JsonNode code = JSON.readTree(json);
            if (!model.equals(code.path("model").asText()) || code.path("learn").asBoolean()) {
                return;
            }
            String id = code.path("id").asText();
            if (id.startsWith(RunPlan.FIT_IDS)) {
                fit.add(image(code));
            } else if (id.startsWith(RunPlan.TEST_IDS)) {
                test.add(image(code));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a record of the codes topic is no JSON", e);
        }
    }

    List<EncodedImage> fit() {
        return fit;
    }

    List<EncodedImage> test() {
        return test;
    }

    private EncodedImage image(JsonNode code) {
        float[] norms = new float[groups];
        int units = 0;
        for (JsonNode group : code.path("groups")) {
            norms[group.path("group").asInt()] = (float) group.path("norm").asDouble();
            units += group.path("units").size();
        }
        return new EncodedImage(
                code.path("label").asText(null),
                norms,
                units,
                code.path("error").asDouble(),
                code.path("energy").asDouble());
    }
}
