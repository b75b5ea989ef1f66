package org.silhouettes.job.learn;

import java.util.List;
import org.silhouettes.core.state.DriftMark;
import org.silhouettes.core.statistics.ActivityReport;
import org.silhouettes.core.statistics.ClassReport;
import org.silhouettes.core.statistics.LateLabels;
import org.silhouettes.core.statistics.WindowReport;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.wire.message.ActivityMessage;

/** Builds the activity messages of models. */
final class ActivityMessages {

    private final LearningSettings settings;
    private final String settingsHash;
    private final ModelReports.Clock clock;

    ActivityMessages(LearningSettings settings, String settingsHash, ModelReports.Clock clock) {
        this.settings = settings;
        this.settingsHash = settingsHash;
        this.clock = clock;
    }

    /**
     * The message of a report; it shares the report's arrays.
     *
     * @param units whether to include the activity of units, of the model and of each class: by far the largest part
     * @param leftOut number of classes that are not in the report
     */
    ActivityMessage message(Model model, ActivityReport report, boolean units, int leftOut) {
        List<ActivityMessage.Mark> marks =
                model.marks().stream().map(ActivityMessages::mark).toList();
        LateLabels labels = model.labels();
        return new ActivityMessage(
                new ActivityMessage.Progress(
                        model.name(),
                        model.version(),
                        model.learner().learned(),
                        report.encoded(),
                        model.unencoded(),
                        clock.millis()),
                outline(model),
                report.window().map(ActivityMessages::window).orElse(null),
                report.unlearnedWindow().map(ActivityMessages::window).orElse(null),
                model.warmingUp() ? ActivityMessage.Training.NONE : training(model),
                new ActivityMessage.Activity(
                        new ActivityMessage.Groups(report.groupShare(), report.groupActive(), report.groupEnergy()),
                        units ? new ActivityMessage.Units(report.unitActive()) : null,
                        report.classes().stream()
                                .map(one -> ofClass(one, units))
                                .toList(),
                        leftOut > 0 ? leftOut : null),
                new ActivityMessage.Events(
                        new ActivityMessage.LateLabels(labels.joined(), labels.unmatched(), labels.waiting()),
                        model.rejected(),
                        marks.isEmpty() ? null : marks));
    }

    private ActivityMessage.Outline outline(Model model) {
        ImageShape shape = model.learner().image();
        ActivityMessage.Image image = new ActivityMessage.Image(shape.height(), shape.width(), shape.channels());
        if (model.warmingUp()) {
            ActivityMessage.WarmUp warmUp = new ActivityMessage.WarmUp(
                    model.learner().state().buffers().warmUp().size(),
                    settings.learner().initialisation().warmUpImages());
            return new ActivityMessage.Outline(
                    image,
                    null,
                    null,
                    ActivityMessage.Outline.WARM_UP,
                    warmUp,
                    settingsHash,
                    settings.hashed().texts());
        }
        return new ActivityMessage.Outline(
                image,
                model.learner().dictionary().shape().groups(),
                model.learner().dictionary().shape().groupSize(),
                ActivityMessage.Outline.LEARNING,
                null,
                settingsHash,
                settings.hashed().texts());
    }

    private static ActivityMessage.Training training(Model model) {
        return new ActivityMessage.Training(
                ActivityMessage.number(model.learner().step()),
                ActivityMessage.number(model.learner().lambda()),
                ActivityMessage.number(model.learner().training().lipschitz().constant()),
                ActivityMessage.number(model.blockCoherence()),
                model.learner().training().usage().resetAtoms(),
                model.learner().training().usage().resetGroups());
    }

    private static ActivityMessage.Window window(WindowReport window) {
        return new ActivityMessage.Window(
                window.images(),
                ActivityMessage.number(window.mse()),
                ActivityMessage.number(window.mseOfMean()),
                ActivityMessage.number(window.objective()),
                ActivityMessage.number(window.activeGroups()),
                ActivityMessage.number(window.activeUnits()),
                ActivityMessage.number(window.silentImages()),
                ActivityMessage.number(window.groupAccuracy().orElse(Double.NaN)),
                ActivityMessage.number(window.nmi().orElse(Double.NaN)));
    }

    private static ActivityMessage.ClassActivity ofClass(ClassReport report, boolean units) {
        return new ActivityMessage.ClassActivity(
                report.label(),
                report.images(),
                report.windowImages(),
                report.groupNorm(),
                units ? report.unitActivity() : null,
                report.strongest());
    }

    private static ActivityMessage.Mark mark(DriftMark mark) {
        return new ActivityMessage.Mark(mark.version(), "drift", mark.detector(), mark.changed(), mark.detail());
    }
}
