package org.silhouettes.local.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.silhouettes.core.dictionary.ImageShape;
import org.silhouettes.core.evaluation.ClassMeans;
import org.silhouettes.core.evaluation.EncodedImage;
import org.silhouettes.core.evaluation.Evaluation;
import org.silhouettes.core.evaluation.EvaluationReport;
import org.silhouettes.core.picture.Picture;
import org.silhouettes.core.wire.Headers;
import org.silhouettes.job.JobSettings;
import org.silhouettes.job.KafkaSettings;
import org.silhouettes.local.EmbeddedFlink;
import org.silhouettes.local.EmbeddedKafka;
import org.silhouettes.local.KafkaTopics;
import org.silhouettes.local.LocalJob;
import org.silhouettes.local.TopicPolicy;
import org.silhouettes.producers.dataset.LabelledImage;
import org.silhouettes.producers.dataset.PlantedSource;
import org.silhouettes.producers.replay.ImageProducer;
import org.silhouettes.producers.replay.Progress;
import org.silhouettes.producers.replay.Replay;
import org.silhouettes.producers.replay.ReplayedImages;

/**
 * One stream through a Kafka and a Flink of its own, from the first image to the report: what is measured is what the
 * topics hold, as any other client would read it.
 */
public final class BoundedRun {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TICK = Duration.ofMillis(200);
    private static final Duration TOPICS_TIMEOUT = Duration.ofSeconds(30);
    /** A run that fails again and again must end; a passing fault may pass. */
    private static final Map<String, String> RESTARTS = Map.of(
            "restart-strategy.type", "fixed-delay",
            "restart-strategy.fixed-delay.attempts", "2",
            "restart-strategy.fixed-delay.delay", "1 s");

    private final RunPlan plan;
    private final Progress progress;
    private long startedAtMillis;
    private long endedAtMillis;

    public BoundedRun(RunPlan plan, Progress progress) {
        this.plan = plan;
        this.progress = progress;
    }

    /**
     * Runs it all and writes {@code report.json}, {@code dictionary.npz}, {@code atoms.png} and, where there are labels,
     * {@code classes.png}.
     *
     * @throws IllegalStateException if the job fails; the message says why
     */
    public RunReport run(Path out) throws Exception {
        EmbeddedKafka.Settings kafkaSettings = EmbeddedKafka.Settings.defaults().withDataFolder(plan.kafkaFolder());
        EmbeddedFlink.Settings flinkSettings = EmbeddedFlink.Settings.defaults()
                .withDataFolder(plan.flinkFolder())
                .withOverrides(RESTARTS);
        try (EmbeddedKafka kafka = EmbeddedKafka.start(kafkaSettings);
                EmbeddedFlink flink = EmbeddedFlink.start(flinkSettings)) {
            Map<String, String> options = new HashMap<>(plan.job());
            options.put("codes.emit", "unlearned");
            JobSettings settings = LocalJob.settings(options, kafka.bootstrapServers());
            KafkaTopics.createMissing(
                    kafka.bootstrapServers(),
                    LocalJob.policies(settings.kafka().topics(), TopicPolicy.all(1, TopicPolicy.HISTORY)),
                    (short) 1,
                    TOPICS_TIMEOUT);
            stream(kafka, flink, settings);
            return report(kafka.bootstrapServers(), settings, out);
        }
    }

    private void stream(EmbeddedKafka kafka, EmbeddedFlink flink, JobSettings settings) throws Exception {
        JobID job = LocalJob.start(flink, settings, Optional.of(Map.of(0, plan.records())));
        while (flink.status(job) != JobStatus.RUNNING) {
            requireNotEnded(flink, job);
            Thread.sleep(TICK.toMillis());
        }
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try (Producer<byte[], byte[]> producer = ImageProducer.connect(kafka.bootstrapServers(), Map.of());
                RunWatch watch = new RunWatch(
                        kafka.bootstrapServers(), settings.kafka().topics().activity())) {
            startedAtMillis = System.currentTimeMillis();
            Future<Void> producing = executor.submit((Callable<Void>) () -> produce(producer));
            progress.started(plan.train().name(), 0, plan.records());
            JobStatus status;
            while ((status = flink.status(job)) != JobStatus.FINISHED) {
                requireProducing(producing);
                if (status.isGloballyTerminalState()) {
                    throw LocalJob.failure(flink, job);
                }
                progress.reached(Math.min(watch.seen(TICK), plan.records()), 0);
            }
            endedAtMillis = System.currentTimeMillis();
            progress.reached(plan.records(), 0);
            progress.finished();
        } finally {
            executor.shutdownNow();
        }
    }

    private static void requireNotEnded(EmbeddedFlink flink, JobID job) throws InterruptedException {
        if (flink.status(job).isGloballyTerminalState()) {
            throw LocalJob.failure(flink, job);
        }
    }

    private static void requireProducing(Future<Void> producing) throws Exception {
        if (producing.isDone()) {
            try {
                producing.get();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof Exception cause ? cause : e;
            }
        }
    }

    private Void produce(Producer<byte[], byte[]> producer) throws IOException {
        for (RunPlan.Part part : plan.parts()) {
            new Replay(part.source(), part.options(), producer, Progress.silent()).run();
        }
        return null;
    }

    private RunReport report(String bootstrapServers, JobSettings settings, Path out) throws IOException {
        KafkaSettings.TopicNames topics = settings.kafka().topics();
        String model = plan.model();
        LearnedDictionary.Gatherer snapshots = new LearnedDictionary.Gatherer(model);
        TopicContents.read(bootstrapServers, topics.dictionaries(), snapshots::add);
        LearnedDictionary learned = snapshots.last();
        EncodedImages codes =
                new EncodedImages(model, learned.dictionary().shape().groups());
        TopicContents.read(bootstrapServers, topics.codes(), record -> codes.add(record.value()));
        Ends ends = new Ends();
        TopicContents.read(bootstrapServers, topics.silhouettes(), ends::picture);
        TopicContents.read(bootstrapServers, topics.activity(), ends::activity);
        TopicContents.read(bootstrapServers, topics.rejected(), record -> ends.rejected++);
        int last = plan.stages().size() - 1;
        List<EncodedImage> fit = codes.ofAll(last, plan.views().size(), EncodedImages.FIT);
        List<EncodedImage> test = codes.ofAll(last, plan.views().size(), EncodedImages.TEST);
        EvaluationReport metrics = Evaluation.evaluate(
                fit,
                test,
                learned.dictionary(),
                classMeans(learned.dictionary().shape().image()),
                settings.learning().learner().encoder().lambda());
        RunReport report = new RunReport(
                plan.train().name(),
                model,
                learned.images(),
                test.size(),
                fit.size(),
                learned.dictionary().version(),
                ends.rejected,
                (ends.learnedAtMillis - startedAtMillis) / 1e3,
                (endedAtMillis - startedAtMillis) / 1e3,
                metrics,
                plan.phases().isEmpty() ? Optional.empty() : Optional.of(PhaseMatrix.of(plan, codes)),
                plan.train() instanceof PlantedSource planted
                        ? Optional.of(planted.recovery(learned.dictionary()))
                        : Optional.empty(),
                ends.drifts,
                learned.dictionary().sha256(),
                ends.settingsHash,
                settings.learning().shown());
        RunFiles.write(out, report, learned, Optional.ofNullable(ends.classes));
        return report;
    }

    /** Class means of the images that the run learned from, transformed as they were, in the channels of the model. */
    private ClassMeans classMeans(ImageShape image) throws IOException {
        ClassMeans means = new ClassMeans(image.values());
        ReplayedImages images = new ReplayedImages(plan.train(), plan.learn());
        for (long position = 0; position < plan.learned(); position++) {
            LabelledImage next = images.image(position);
            byte[] samples = next.samples();
            if (image.channels() != next.shape().channels()) {
                samples = new Picture(next.shape(), samples).gray().samples();
            }
            means.add(plan.learn().labels().sent() ? next.label() : null, samples);
        }
        return means;
    }

    /** What the out topics say of this run's model, beside its dictionary and codes. */
    private final class Ends {
        private final List<RunReport.Drift> drifts = new ArrayList<>();
        private byte[] classes;
        private String settingsHash;
        private long learnedAtMillis;
        private long rejected;

        private void picture(ConsumerRecord<byte[], byte[]> record) {
            if ("classes".equals(TopicContents.header(record, Headers.KIND))
                    && plan.model().equals(TopicContents.header(record, Headers.MODEL))) {
                classes = record.value();
            }
        }

        private void activity(ConsumerRecord<byte[], byte[]> record) {
            try {
                JsonNode activity = JSON.readTree(record.value());
                settingsHash = activity.path("settingsHash").asText();
                for (JsonNode mark : activity.path("marks")) {
                    drifts.add(new RunReport.Drift(
                            mark.path("version").asLong(),
                            mark.path("detector").asText(),
                            mark.path("detail").asText()));
                }
                if (learnedAtMillis == 0 && activity.path("learned").asLong() >= plan.learned()) {
                    learnedAtMillis = activity.path("emittedAtMillis").asLong();
                }
            } catch (IOException e) {
                throw new UncheckedIOException("a record of the activity topic is no JSON", e);
            }
        }
    }
}
