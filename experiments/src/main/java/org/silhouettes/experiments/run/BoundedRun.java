package org.silhouettes.experiments.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.kafka.clients.producer.Producer;
import org.silhouettes.embedded.EmbeddedFlink;
import org.silhouettes.embedded.LocalJob;
import org.silhouettes.embedded.kafka.EmbeddedKafka;
import org.silhouettes.embedded.kafka.KafkaTopics;
import org.silhouettes.job.options.JobSettings;
import org.silhouettes.producers.replay.ImageProducer;
import org.silhouettes.producers.replay.Progress;
import org.silhouettes.producers.replay.Replay;
import org.silhouettes.wire.TopicPolicy;

/**
 * One stream through a Kafka and a Flink of its own, from the first image to the report: what is measured is what the
 * topics hold, as any other client would read it.
 */
public final class BoundedRun {

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
            RunResults results =
                    RunResults.read(kafka.bootstrapServers(), settings.kafka().topics(), plan);
            RunReport report = new RunEvaluation(plan, settings, results).report(startedAtMillis, endedAtMillis);
            RunFiles.write(out, report, results.learned(), results.classPicture());
            return report;
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
                RunMonitor watch = new RunMonitor(
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
}
