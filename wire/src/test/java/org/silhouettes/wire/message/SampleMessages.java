package org.silhouettes.wire.message;

import java.util.List;
import java.util.Map;

/** Messages for tests. */
final class SampleMessages {

    private SampleMessages() {}

    /** A report of a model that collects its first images. */
    static ActivityMessage warmUp() {
        return new ActivityMessage(
                new ActivityMessage.Progress("digits", -1, 0, 0, 2, 1_700_000_000_000L),
                new ActivityMessage.Outline(
                        new ActivityMessage.Image(28, 28, 1),
                        null,
                        null,
                        ActivityMessage.Outline.WARM_UP,
                        new ActivityMessage.WarmUp(10, 1_000),
                        "hash",
                        Map.of("encoder.lambda", "7.5")),
                null,
                null,
                ActivityMessage.Training.NONE,
                new ActivityMessage.Activity(null, null, List.of(), null),
                new ActivityMessage.Events(new ActivityMessage.LateLabels(0, 0, 0), 3, null));
    }

    /** A report with every field. */
    static ActivityMessage learning() {
        ActivityMessage.Window window = new ActivityMessage.Window(64, 0.04, 0.1, 0.2, 1.5, 30.0, 0.01, 0.9, 0.8);
        float[] groups = {0.25f, 0.75f};
        float[] units = {0.5f, 0, 0, 1e-7f};
        return new ActivityMessage(
                new ActivityMessage.Progress("digits", 7, 448, 512, 2, 1_700_000_000_000L),
                new ActivityMessage.Outline(
                        new ActivityMessage.Image(28, 28, 1),
                        2,
                        2,
                        ActivityMessage.Outline.LEARNING,
                        null,
                        "hash",
                        Map.of("encoder.lambda", "7.5")),
                window,
                window,
                new ActivityMessage.Training(0.1, 7.5, 10.0, 0.3, 4L, 1L),
                new ActivityMessage.Activity(
                        new ActivityMessage.Groups(groups, groups, groups),
                        new ActivityMessage.Units(units),
                        List.of(new ActivityMessage.ClassActivity("seven", 30, 6, groups, units, groups)),
                        5),
                new ActivityMessage.Events(
                        new ActivityMessage.LateLabels(1, 2, 3),
                        3,
                        List.of(new ActivityMessage.Mark(5, "drift", "adwin", "error", "rose by 20 %"))));
    }

    /** An image with one active group. */
    static CodeMessage code() {
        return new CodeMessage(
                "digits",
                "#1",
                null,
                7,
                false,
                0.1f,
                0.25f,
                List.of(new CodeMessage.Group(
                        2, 0.5f, List.of(new CodeMessage.Unit(0, 0.3f), new CodeMessage.Unit(3, -0.4f)))));
    }
}
