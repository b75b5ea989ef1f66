package org.silhouettes.experiments.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.evaluation.ClassMeans;
import org.silhouettes.core.evaluation.EncodedImage;
import org.silhouettes.core.evaluation.Evaluation;
import org.silhouettes.core.evaluation.EvaluationReport;
import org.silhouettes.core.evaluation.Recovery;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.imaging.Picture;
import org.silhouettes.job.options.JobSettings;
import org.silhouettes.producers.dataset.LabelledImage;
import org.silhouettes.producers.dataset.PlantedSettings;
import org.silhouettes.producers.dataset.PlantedSource;
import org.silhouettes.producers.replay.ReplayedImages;

/** The report of a run, from what the topics hold at its end. */
final class RunEvaluation {

    private final RunPlan plan;
    private final JobSettings settings;
    private final RunResults results;

    RunEvaluation(RunPlan plan, JobSettings settings, RunResults results) {
        this.plan = plan;
        this.settings = settings;
        this.results = results;
    }

    /**
     * The report.
     *
     * @param startedAtMillis when the first image was about to be produced
     * @param endedAtMillis when the job had ended
     */
    RunReport report(long startedAtMillis, long endedAtMillis) throws IOException {
        LearnedDictionary learned = results.learned();
        EncodedImages codes = results.codes();
        ClassMeans classMeans = classMeans(learned.image());
        List<RunReport.Channel> channels = channels(classMeans);
        EvaluationReport metrics = metrics(learned, codes, classMeans);
        return new RunReport(
                plan.train().name(),
                plan.model(),
                learned.images(),
                codesAtEnd(codes, EncodedImages.TEST).size(),
                codesAtEnd(codes, EncodedImages.FIT).size(),
                learned.dictionary().version(),
                results.rejected(),
                (results.learnedAtMillis() - startedAtMillis) / 1e3,
                (endedAtMillis - startedAtMillis) / 1e3,
                channels.isEmpty() ? metrics : metrics.withAtomClassCorrelation(meanCorrelation(channels)),
                channels.isEmpty() ? Optional.of(results.channels().get(0).state()) : Optional.empty(),
                channels,
                plan.phases().isEmpty() ? Optional.empty() : Optional.of(PhaseMatrix.of(plan, codes)),
                plan.train() instanceof PlantedSource planted
                        ? Optional.of(recovery(planted, learned.dictionary()))
                        : Optional.empty(),
                results.drifts(),
                learned.dictionary().sha256(),
                results.settingsHash(),
                settings.learning().hashed().texts());
    }

    /** How much of the planted dictionary was found. */
    private static Recovery recovery(PlantedSource source, Dictionary learned) {
        PlantedSettings settings = source.settings();
        DictionaryShape shape = new DictionaryShape(settings.groups(), settings.groupSize(), settings.image());
        return Recovery.of(new Dictionary(shape, source.atoms(), 0), learned);
    }

    /** Each channel by itself; none where there is one model. */
    private List<RunReport.Channel> channels(ClassMeans classMeans) {
        int count = results.channels().size();
        List<RunReport.Channel> channels = new ArrayList<>();
        for (int c = 0; count > 1 && c < count; c++) {
            RunResults.Channel of = results.channels().get(c);
            channels.add(new RunReport.Channel(
                    of.model(),
                    of.learned().dictionary().sha256(),
                    metrics(of.learned(), of.codes(), classMeans.channel(c, count)),
                    of.state()));
        }
        return channels;
    }

    /** An atom that is 0 in all channels but one correlates with a class in that one, if at all. */
    private static double meanCorrelation(List<RunReport.Channel> channels) {
        return channels.stream()
                .mapToDouble(channel -> channel.metrics().atomClassCorrelation())
                .average()
                .orElseThrow();
    }

    private EvaluationReport metrics(LearnedDictionary learned, EncodedImages codes, ClassMeans classMeans) {
        return Evaluation.evaluate(
                codesAtEnd(codes, EncodedImages.FIT),
                codesAtEnd(codes, EncodedImages.TEST),
                learned.dictionary(),
                classMeans,
                settings.learning().learner().encoder().lambda());
    }

    private List<EncodedImage> codesAtEnd(EncodedImages codes, String kind) {
        return codes.ofAll(plan.stages().size() - 1, plan.views().size(), kind);
    }

    /**
     * Class means of the images that the run learned from, transformed as they were.
     *
     * @param image shape of the learned images: gray ones are made of others where it has one channel
     */
    private ClassMeans classMeans(ImageShape image) throws IOException {
        ClassMeans means = new ClassMeans(image.values());
        ReplayedImages images = new ReplayedImages(plan.train(), plan.learn());
        for (long position = 0; position < plan.learned(); position++) {
            LabelledImage next = images.image(position);
            Picture picture = new Picture(next.shape(), next.samples());
            if (image.channels() != next.shape().channels()) {
                picture = picture.gray();
            }
            means.add(plan.learn().labels().sent() ? next.label() : null, picture.samples());
        }
        return means;
    }
}
