package org.silhouettes.experiments.drift;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.silhouettes.producers.dataset.ImageSource;
import org.silhouettes.producers.replay.DriftPlan;
import org.silhouettes.producers.replay.Phase;

/**
 * The standard plan of drift: the first half of the classes, then the other half, then all of them.
 *
 * @param old images of the first phase
 * @param changed images of the second
 * @param all images of the third
 */
public record StandardPlan(long old, long changed, long all) {

    /** 150, 200 and 50 mini-batches of 64. */
    public static final StandardPlan DEFAULTS = new StandardPlan(9_600, 12_800, 3_200);

    /** Names of the first half of a source's classes. */
    static List<String> oldClasses(ImageSource source) {
        return source.classes().subList(0, source.classes().size() / 2);
    }

    /** Names of the other half. */
    static List<String> newClasses(ImageSource source) {
        return source.classes()
                .subList(source.classes().size() / 2, source.classes().size());
    }

    /**
     * The plan for a source.
     *
     * @throws IllegalArgumentException where it has fewer than two classes
     */
    public DriftPlan of(ImageSource source) {
        if (source.classes().size() < 2) {
            throw new IllegalArgumentException(
                    "source " + source.name() + " has " + source.classes().size()
                            + " classes, the standard plan of drift needs two: choose another data set");
        }
        return new DriftPlan(
                List.of(
                        new Phase("old", shares(oldClasses(source)), old, 0, List.of()),
                        new Phase("new", shares(newClasses(source)), changed, 0, List.of()),
                        new Phase("all", Map.of(), all, 0, List.of())),
                1);
    }

    private static Map<String, Double> shares(List<String> classes) {
        Map<String, Double> shares = new LinkedHashMap<>();
        classes.forEach(name -> shares.put(name, 1.0));
        return shares;
    }

    /** Position of the first image of the second phase. */
    long firstChange() {
        return old;
    }

    /** Position of the first image of the third. */
    long secondChange() {
        return old + changed;
    }

    long length() {
        return old + changed + all;
    }
}
