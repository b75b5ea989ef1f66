package org.silhouettes.experiments.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.silhouettes.core.evaluation.EncodedImage;
import org.silhouettes.wire.message.CodeMessage;

/** The codes that a model made in a run, told apart by the ids that the run gives its images: stage, view, fit or test. */
final class EncodedImages {

    /** Train images that the metrics are fitted on. */
    static final String FIT = "fit";

    /** Test images. */
    static final String TEST = "test";

    private static final String ID = "run/";

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
    void add(CodeMessage code) {
        String id = code.id();
        if (!model.equals(code.model()) || code.learn() || id == null || !id.startsWith(ID)) {
            return;
        }
        int stage = Integer.parseInt(id.substring(ID.length(), id.indexOf('/', ID.length())));
        Long before = versions.putIfAbsent(stage, code.version());
        if (before != null && before != code.version()) {
            throw new IllegalStateException("stage " + stage + " was encoded at versions " + before + " and "
                    + code.version() + ", it has to be one");
        }
        images.computeIfAbsent(id.substring(0, id.lastIndexOf('/') + 1), any -> new ArrayList<>())
                .add(image(code));
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

    private EncodedImage image(CodeMessage code) {
        float[] norms = new float[groups];
        code.groups().forEach(group -> norms[group.group()] = group.norm());
        return new EncodedImage(code.label(), norms, code.unitCount(), code.error(), code.energy());
    }
}
