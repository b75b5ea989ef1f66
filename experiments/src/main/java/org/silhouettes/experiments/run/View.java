package org.silhouettes.experiments.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.silhouettes.producers.dataset.ImageSource;
import org.silhouettes.producers.replay.Phase;
import org.silhouettes.producers.replay.ShownImages;
import org.silhouettes.producers.replay.Transform;

/**
 * Images to evaluate on: those of some classes, transformed alike.
 *
 * @param classes in the source's order; empty takes all images
 */
record View(List<String> classes, List<Transform> transforms) {

    /** Decides random transforms of the images that are evaluated on. */
    private static final long SEED = 0;

    View {
        classes = List.copyOf(classes);
        transforms = List.copyOf(transforms);
    }

    /** The views that a plan's phases take together: every class in every form once, however many phases show it. */
    static List<View> of(List<Phase> phases, ImageSource source) {
        Map<List<Transform>, Set<String>> classes = new LinkedHashMap<>();
        for (Phase phase : phases) {
            classes.computeIfAbsent(phase.transforms(), any -> new LinkedHashSet<>())
                    .addAll(
                            phase.classes().isEmpty()
                                    ? source.classes()
                                    : phase.classes().keySet());
        }
        List<View> views = new ArrayList<>();
        classes.forEach((transforms, names) -> {
            List<String> known =
                    source.classes().stream().filter(names::contains).toList();
            // all classes are no selection, so that images without one come too
            views.add(new View(known.size() == source.classes().size() ? List.of() : known, transforms));
        });
        return views;
    }

    ImageSource of(ImageSource source) {
        return new ShownImages(source, classes, transforms, SEED);
    }
}
