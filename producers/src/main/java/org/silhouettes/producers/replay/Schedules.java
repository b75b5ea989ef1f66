package org.silhouettes.producers.replay;

import java.util.List;
import org.silhouettes.producers.dataset.ImageSource;

/** Makes the schedule that a replay's options describe. */
final class Schedules {

    private Schedules() {}

    static Schedule of(ImageSource source, ReplayOptions options) {
        if (options.plan().isPresent()) {
            return new PlanSchedule(source, options.plan().get(), options.seed());
        }
        Selection selection = options.classes().isEmpty()
                ? Selection.all(source)
                : Selection.of(source, classes(source, options.classes()));
        Selection ordered =
                switch (options.order()) {
                    case FILE, SHUFFLED -> selection;
                    case BY_CLASS -> selection.byClass();
                    case BY_TIME -> selection.byTime();
                };
        return new PassSchedule(ordered, options.order() == Order.SHUFFLED, options.seed(), options.passes());
    }

    /**
     * Classes by name.
     *
     * @throws IllegalArgumentException for a name that the source does not have
     */
    static List<Integer> classes(ImageSource source, List<String> names) {
        return names.stream()
                .map(name -> {
                    int index = source.classes().indexOf(name);
                    if (index < 0) {
                        throw new IllegalArgumentException("option classes names \"" + name + "\", source "
                                + source.name() + " has the classes " + String.join(", ", source.classes()));
                    }
                    return index;
                })
                .toList();
    }
}
