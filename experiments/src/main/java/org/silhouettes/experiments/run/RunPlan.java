package org.silhouettes.experiments.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.silhouettes.core.initialisation.Initialisation;
import org.silhouettes.job.options.JobSettings;
import org.silhouettes.job.record.ChannelMode;
import org.silhouettes.producers.dataset.ImageSource;
import org.silhouettes.producers.replay.Labels;
import org.silhouettes.producers.replay.Phase;
import org.silhouettes.producers.replay.Replay;
import org.silhouettes.producers.replay.ReplayOptions;
import org.silhouettes.wire.ChannelModels;

/**
 * What a bounded run does: learn from the train split, and at each stage's end encode train images (the fit of the
 * metrics) and the test split without learning from them. Without a drift plan there is one stage; with one, each phase is
 * a stage, and what is encoded is each phase's classes, transformed as the phase does.
 *
 * @param train images to learn from
 * @param test images never learned from
 * @param learn how the train split is streamed; the last image of each stage closes the mini-batch
 * @param stages where learning pauses
 * @param views what is encoded there
 * @param fit train images of each view that are encoded for the fit of the metrics, the first ones, at most
 * @param tested test images of each view that are encoded, the first ones, at most
 * @param job the job's options, as on the command line
 * @param kafkaFolder where the broker keeps its data
 * @param flinkFolder where Flink keeps its checkpoints
 */
public record RunPlan(
        ImageSource train,
        ImageSource test,
        ReplayOptions learn,
        List<Stage> stages,
        List<View> views,
        long fit,
        long tested,
        Map<String, String> job,
        Path kafkaFolder,
        Path flinkFolder) {

    private static final int MAX_STAGES = 200;

    /**
     * Where learning pauses to evaluate what was learned.
     *
     * @param name of the phase that ends there
     * @param phase index of that phase in the plan
     * @param end images learned from until then
     */
    record Stage(String name, int phase, long end) {}

    /** A part of the stream: a replay of some source. */
    record Part(ImageSource source, ReplayOptions options) {

        long records() {
            return Replay.records(source, options);
        }
    }

    public RunPlan {
        stages = List.copyOf(stages);
        views = List.copyOf(views);
        job = Map.copyOf(job);
    }

    /**
     * A plan that encodes the given number of images if the sources have them.
     *
     * @throws IllegalArgumentException where the options do not fit the sources, or never end
     */
    public static RunPlan of(
            ImageSource train,
            ImageSource test,
            ReplayOptions learn,
            long fit,
            long tested,
            Map<String, String> job,
            Path kafkaFolder,
            Path flinkFolder) {
        long length = Replay.length(train, learn);
        if (length == ReplayOptions.ENDLESS) {
            throw new IllegalArgumentException(
                    "the stream never ends: say with option images how many images to learn from");
        }
        JobSettings settings = requireLabels(JobSettings.from(job), learn.labels());
        ChannelMode channels = settings.decode().channels();
        if (channels == ChannelMode.SPLIT && train.shape().channels() != ChannelModels.COUNT) {
            throw new IllegalArgumentException("option image.channels is split, but the images of " + train.name()
                    + " are " + train.shape() + ", of one channel: choose a data set in colour, or gray");
        }
        List<Phase> phases = phases(learn);
        if (!phases.isEmpty() && learn.labels().delay() > 0) {
            throw new IllegalArgumentException(
                    "option labels is delayed, but with a plan each phase's end is evaluated: choose on or off");
        }
        List<View> views = phases.isEmpty() ? List.of(new View(learn.classes(), List.of())) : View.of(phases, train);
        List<Stage> stages = phases.isEmpty() ? List.of(new Stage("end", 0, length)) : stages(phases, length);
        return new RunPlan(train, test, learn, stages, views, fit, tested, job, kafkaFolder, flinkFolder);
    }

    private static List<Phase> phases(ReplayOptions learn) {
        return learn.plan().isEmpty() ? List.of() : learn.plan().get().phases();
    }

    private static List<Stage> stages(List<Phase> phases, long length) {
        List<Stage> stages = new ArrayList<>();
        long end = 0;
        for (int i = 0; end < length; i++) {
            if (i == MAX_STAGES) {
                throw new IllegalArgumentException("the plan's phases end more than " + MAX_STAGES + " times in "
                        + length + " images, each of which is evaluated: let option images stop earlier, or give"
                        + " longer phases");
            }
            Phase phase = phases.get(i % phases.size());
            end = Math.min(length, end + phase.images());
            int round = i / phases.size();
            String name = round == 0 ? phase.name() : phase.name() + " (" + (round + 1) + ")";
            stages.add(new Stage(name, i % phases.size(), end));
        }
        return stages;
    }

    /** Name under which the images are sent. */
    public String model() {
        return learn.models().get(0);
    }

    /** Names of the models that learn from the one stream: {@link #model()}, or one a channel where channels are split. */
    List<String> models() {
        return JobSettings.from(job).decode().channels().models(model());
    }

    /** Images that are learned from. */
    public long learned() {
        return stages.get(stages.size() - 1).end();
    }

    /** Images that are encoded without being learned from, all stages together. */
    public long encoded() {
        return parts().stream()
                .filter(part -> !part.options().learn())
                .mapToLong(Part::records)
                .sum();
    }

    /** The phases of the drift plan; none without one. */
    List<Phase> phases() {
        return phases(learn);
    }

    /** Records of the images topic, from first to last. */
    long records() {
        return parts().stream().mapToLong(Part::records).sum();
    }

    /** The whole stream, in order. */
    List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        long from = 0;
        for (int s = 0; s < stages.size(); s++) {
            long end = stages.get(s).end();
            parts.add(new Part(train, learn.between(from, end, true)));
            from = end;
            for (int v = 0; v < views.size(); v++) {
                boolean last = v == views.size() - 1;
                parts.add(encoded(train, s, v, EncodedImages.FIT, fit, false));
                parts.add(encoded(test, s, v, EncodedImages.TEST, tested, last));
            }
        }
        return parts;
    }

    private Part encoded(ImageSource source, int stage, int view, String kind, long images, boolean flush) {
        ReplayOptions options = ReplayOptions.builder()
                .topic(learn.topic())
                .models(learn.models())
                .encoding(learn.encoding())
                // what is evaluated by class needs its label in time
                .labels(learn.labels().sent() ? Labels.ON : Labels.OFF)
                .images(images)
                .learn(false)
                .flush(flush)
                .build();
        return new Part(
                new NamedImages(views.get(view).of(source), EncodedImages.idPrefix(stage, view, kind)), options);
    }

    /**
     * Checks that labels come with the images where the start needs them; returns the settings.
     *
     * @throws IllegalArgumentException where dictionaries are to start from labels that do not come with their images
     */
    public static JobSettings requireLabels(JobSettings settings, Labels labels) {
        if (settings.learning().learner().initialisation().method() == Initialisation.LABELS && !labels.withImage()) {
            throw new IllegalArgumentException(
                    "option init.method is labels, but the images come without theirs: choose"
                            + " labels on, or another start, such as community or kmeans");
        }
        return settings;
    }
}
