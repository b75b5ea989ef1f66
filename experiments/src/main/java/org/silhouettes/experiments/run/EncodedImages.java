package org.silhouettes.experiments.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.silhouettes.core.evaluation.EncodedImage;

/** The codes that a model made in a run, told apart by the ids that the run gives its images: stage, view, fit or test. */
final class EncodedImages {

    /** Train images that the metrics are fitted on. */
    static final String FIT = "fit";

    /** Test images. */
    static final String TEST = "test";

    private static final String ID = "run/";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String model;
    private final int groups;
    private final Map<String, List<EncodedImage>> images = new HashMap<>();
    private final Map<Integer, Long> versions = new HashMap<>();

    /** @param groups of the model's dictionary */
    EncodedImages(String model, int groups) {
        this.model = model;
        this.groups = groups;
    }

    /** The codes of several models of the same images, such as their channels, as if one model had made them. */
    static EncodedImages joined(List<EncodedImages> models) {
        EncodedImages first = models.get(0);
        EncodedImages joined = new EncodedImages(
                first.model, models.stream().mapToInt(one -> one.groups).sum());
        joined.versions.putAll(first.versions);
        first.images.forEach((kind, ofFirst) -> {
            List<List<EncodedImage>> all = models.stream()
                    .map(one -> one.images.getOrDefault(kind, List.of()))
                    .toList();
            if (all.stream().anyMatch(ofOne -> ofOne.size() != ofFirst.size())) {
                throw new IllegalStateException("the models of one stream have encoded different numbers of images: "
                        + all.stream().map(List::size).toList());
            }
            joined.images.put(
                    kind,
                    IntStream.range(0, ofFirst.size())
                            .mapToObj(i -> EncodedImage.joined(
                                    all.stream().map(ofOne -> ofOne.get(i)).toList()))
                            .toList());
        });
        return joined;
    }

    /** Start of the ids of the images of one view, encoded at the end of one stage. */
    static String idPrefix(int stage, int view, String kind) {
        return ID + stage + "/" + view + "/" + kind + "/";
    }

    /** Counts a record of topic {@code codes} in, where it is of this model and of an image that was not learned from. */
    void add(byte[] json) {
        try {
            JsonNode code = JSON.readTree(json);
            String id = code.path("id").asText();
            if (!model.equals(code.path("model").asText()) || code.path("learn").asBoolean() || !id.startsWith(ID)) {
                return;
            }
            int stage = Integer.parseInt(id.substring(ID.length(), id.indexOf('/', ID.length())));
            long version = code.path("version").asLong();
            Long before = versions.putIfAbsent(stage, version);
            if (before != null && before != version) {
                throw new IllegalStateException("stage " + stage + " was encoded at versions " + before + " and "
                        + version + ", it has to be one");
            }
            images.computeIfAbsent(id.substring(0, id.lastIndexOf('/') + 1), any -> new ArrayList<>())
                    .add(image(code));
        } catch (IOException e) {
            throw new UncheckedIOException("a record of the codes topic is no JSON", e);
        }
    }

    /** Codes of one view at the end of one stage. */
    List<EncodedImage> of(int stage, int view, String kind) {
        return images.getOrDefault(idPrefix(stage, view, kind), List.of());
    }

    /** Codes of all views at the end of one stage. */
    List<EncodedImage> ofAll(int stage, int views, String kind) {
        List<EncodedImage> all = new ArrayList<>();
        for (int view = 0; view < views; view++) {
            all.addAll(of(stage, view, kind));
        }
        return all;
    }

    /** Version of the dictionary at the end of a stage, by which its images were encoded. */
    long version(int stage) {
        return versions.getOrDefault(stage, -1L);
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
