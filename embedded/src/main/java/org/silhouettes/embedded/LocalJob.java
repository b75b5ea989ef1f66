package org.silhouettes.embedded;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.silhouettes.embedded.kafka.KafkaTopics;
import org.silhouettes.job.KafkaWorkflow;
import org.silhouettes.job.options.JobOptions;
import org.silhouettes.job.options.JobSettings;
import org.silhouettes.job.options.KafkaSettings;
import org.silhouettes.wire.TopicPolicy;
import org.silhouettes.wire.Topics;

/** Runs the learning job on an embedded Flink. */
public final class LocalJob {

    private static final String NAME = "silhouettes";
    private static final Duration TOPICS_TIMEOUT = Duration.ofSeconds(30);
    private static final String BOOTSTRAP_SERVERS = "kafka.bootstrap-servers";

    private LocalJob() {}

    /** The job's settings against that Kafka; {@code values} are as on the command line. */
    public static JobSettings settings(Map<String, String> values, String bootstrapServers) {
        String file = values.getOrDefault(JobOptions.KAFKA_CONFIG, KafkaSettings.NO_FILE);
        if (!file.equals(KafkaSettings.NO_FILE)) {
            throw new IllegalArgumentException("kafka.config is \"" + file
                    + "\", but this command starts a Kafka of its own, which needs no file: leave it out");
        }
        Map<String, String> all = new HashMap<>(values);
        all.put(BOOTSTRAP_SERVERS, bootstrapServers);
        return JobSettings.from(all);
    }

    /**
     * Starts the job and returns at once.
     *
     * @param stopAt offset by partition at which the job ends, exclusive; without it, it never ends
     */
    public static JobID start(EmbeddedFlink flink, JobSettings settings, Optional<Map<Integer, Long>> stopAt) {
        StreamExecutionEnvironment env = flink.environment();
        KafkaWorkflow.build(env, settings, stopAt);
        return flink.submit(env, NAME);
    }

    /** The topics' policies under the names that the settings give them. */
    public static List<TopicPolicy> policies(KafkaSettings.TopicNames names, List<TopicPolicy> policies) {
        Map<String, String> renamed = Map.of(
                Topics.IMAGES, names.images(),
                Topics.DICTIONARIES, names.dictionaries(),
                Topics.SILHOUETTES, names.silhouettes(),
                Topics.ACTIVITY, names.activity(),
                Topics.CODES, names.codes(),
                Topics.REJECTED, names.rejected());
        return policies.stream()
                .map(policy -> policy.named(renamed.get(policy.topic())))
                .collect(Collectors.toList());
    }

    /** Creates those of the job's topics that the Kafka in this process lacks, under the names that the settings give them. */
    public static void createTopics(JobSettings settings, int imagesPartitions, Duration history) {
        KafkaTopics.createMissing(
                settings.kafka().bootstrapServers(),
                policies(settings.kafka().topics(), TopicPolicy.all(imagesPartitions, history)),
                (short) 1,
                TOPICS_TIMEOUT);
    }

    /** Why a job that has ended did not end well. */
    public static IllegalStateException failure(EmbeddedFlink flink, JobID job) throws InterruptedException {
        try {
            JobResult result = flink.result(job).get();
            Throwable cause = result.getSerializedThrowable()
                    .map(error -> error.deserializeError(LocalJob.class.getClassLoader()))
                    .orElse(null);
            String why = cause == null ? "it was cancelled" : FailureText.of(cause);
            return new IllegalStateException("the job ended: " + why, cause);
        } catch (ExecutionException e) {
            return new IllegalStateException("the job ended: " + e.getCause(), e);
        }
    }
}
