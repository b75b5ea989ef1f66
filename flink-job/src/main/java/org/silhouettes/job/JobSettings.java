package org.silhouettes.job;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;
import org.silhouettes.core.drift.DriftAction;
import org.silhouettes.core.drift.DriftDetector;
import org.silhouettes.core.drift.DriftSettings;
import org.silhouettes.core.encoder.EncoderSettings;
import org.silhouettes.core.encoder.Shrinkage;
import org.silhouettes.core.encoder.StepRule;
import org.silhouettes.core.encoder.Unrolling;
import org.silhouettes.core.initialisation.Features;
import org.silhouettes.core.initialisation.Initialisation;
import org.silhouettes.core.initialisation.InitialisationSettings;
import org.silhouettes.core.learner.ConsolidationSettings;
import org.silhouettes.core.learner.LearnerSettings;
import org.silhouettes.core.learner.OrganisationSettings;
import org.silhouettes.core.learner.UpdateRule;
import org.silhouettes.core.learner.UpdateSettings;
import org.silhouettes.core.statistics.ActivitySettings;
import org.silhouettes.imaging.PictureLimits;
import org.silhouettes.job.decode.DecodeSettings;
import org.silhouettes.job.kafka.OnGap;
import org.silhouettes.job.learn.CodesEmit;
import org.silhouettes.job.learn.LearningSettings;
import org.silhouettes.job.learn.OnMismatch;
import org.silhouettes.job.learn.StartFromNothing;
import org.silhouettes.job.record.ChannelMode;
import org.silhouettes.linalg.LinalgBackend;
import org.silhouettes.wire.kafka.ClientConfig;

/**
 * All settings of a job, validated.
 *
 * @param onGap what the job does where images were removed before it read them
 * @param fromNothing what a job without state does with models of which the output topics hold versions
 * @param flink options for Flink itself, by Flink's own names
 */
public record JobSettings(
        DecodeSettings decode,
        LearningSettings learning,
        KafkaSettings kafka,
        OnGap onGap,
        StartFromNothing fromNothing,
        Duration checkpointInterval,
        Map<String, String> flink) {

    /** Starts of the keys that matter for what is learned. */
    private static final Set<String> LEARNING_KEYS =
            Set.of("model.", "image.", "encoder.", "learner.", "linalg.", "init.", "organisation.", "drift.");

    /** All defaults. */
    public static JobSettings defaults() {
        return from(Map.of());
    }

    /** @throws IllegalArgumentException naming key, value and remedy, where a key is unknown or a value out of range */
    public static JobSettings from(Configuration configuration) {
        return from(configuration.toMap());
    }

    /** @throws IllegalArgumentException naming key, value and remedy, where a key is unknown or a value out of range */
    public static JobSettings from(Map<String, String> values) {
        OptionValues options = OptionValues.parse(values);
        int maxRecordBytes = options.get(JobOptions.MAX_RECORD_BYTES);
        ChannelMode channels = options.choice(JobOptions.CHANNELS, ChannelMode.class);
        PictureLimits limits =
                new PictureLimits(options.get(JobOptions.MAX_BYTES).getBytes(), options.get(JobOptions.MAX_PIXELS));
        return new JobSettings(
                new DecodeSettings(
                        channels,
                        limits,
                        options.get(JobOptions.MAX_NAME_BYTES),
                        options.get(JobOptions.MAX_TEXT_BYTES),
                        maxRecordBytes),
                learning(options, channels, maxRecordBytes),
                kafka(options, maxRecordBytes),
                options.choice(JobOptions.ON_GAP, OnGap.class),
                options.choice(JobOptions.START_FROM_NOTHING, StartFromNothing.class),
                options.get(JobOptions.CHECKPOINT_INTERVAL),
                options.flink());
    }

    /**
     * The settings themselves.
     *
     * @throws IllegalArgumentException where a transaction would expire before the checkpoint that commits it
     */
    public JobSettings requireTransactionsOutliveCheckpoints() {
        if (kafka.transactionTimeout().compareTo(checkpointInterval) <= 0) {
            throw new IllegalArgumentException(
                    "kafka.transaction-timeout is " + OptionText.of(kafka.transactionTimeout())
                            + ", it must be longer than checkpoint.interval, " + OptionText.of(checkpointInterval)
                            + ", by more than the longest restart: a transaction is open from one checkpoint to the next");
        }
        return this;
    }

    private static LearningSettings learning(OptionValues options, ChannelMode channels, int maxRecordBytes) {
        return new LearningSettings(
                learner(options),
                channels,
                new ActivitySettings(options.get(JobOptions.MAX_LABELS)),
                new DriftSettings(
                        options.choice(JobOptions.DRIFT_DETECTOR, DriftDetector.class),
                        options.choice(JobOptions.DRIFT_ACTION, DriftAction.class),
                        options.get(JobOptions.DRIFT_THRESHOLD),
                        options.get(JobOptions.DRIFT_TOLERANCE),
                        options.get(JobOptions.DRIFT_DELTA),
                        options.get(JobOptions.DRIFT_LEAST_RISE),
                        options.get(JobOptions.DRIFT_UPDATES),
                        options.get(JobOptions.DRIFT_BOOST),
                        options.get(JobOptions.DRIFT_FORGETTING),
                        options.get(JobOptions.DRIFT_REVIVE_AFTER)),
                options.get(JobOptions.WAIT_FOR_LABELS),
                options.get(JobOptions.SNAPSHOT_EVERY),
                options.get(JobOptions.ACTIVITY_EVERY),
                options.choice(JobOptions.CODES_EMIT, CodesEmit.class),
                options.get(JobOptions.FLUSH_AFTER),
                options.get(JobOptions.DEDUPLICATE),
                options.get(JobOptions.MAX_MODELS),
                options.get(JobOptions.FORGET_AFTER),
                options.get(JobOptions.CACHE_BYTES).getBytes(),
                maxRecordBytes,
                options.choice(JobOptions.ON_MISMATCH, OnMismatch.class),
                shown(options));
    }

    private static LearnerSettings learner(OptionValues options) {
        String groups = options.get(JobOptions.GROUPS);
        EncoderSettings encoder = new EncoderSettings(
                options.get(JobOptions.LAMBDA),
                options.get(JobOptions.STEP),
                options.choice(JobOptions.STEP_RULE, StepRule.class),
                options.get(JobOptions.LAYERS),
                options.choice(JobOptions.UNROLLING, Unrolling.class),
                options.choice(JobOptions.SHRINKAGE, Shrinkage.class),
                options.choice(JobOptions.BACKEND, LinalgBackend.class));
        UpdateSettings update = new UpdateSettings(
                options.choice(JobOptions.UPDATE, UpdateRule.class),
                options.get(JobOptions.LEARNING_RATE),
                options.get(JobOptions.BETA1),
                options.get(JobOptions.BETA2),
                options.get(JobOptions.EPSILON),
                options.get(JobOptions.RHO),
                options.get(JobOptions.FORGETTING),
                options.get(JobOptions.USAGE_FORGETTING));
        return new LearnerSettings(
                groups.equals(JobOptions.AUTO) ? 0 : Integer.parseInt(groups),
                options.get(JobOptions.GROUP_SIZE),
                encoder,
                update,
                new InitialisationSettings(
                        options.choice(JobOptions.INIT_METHOD, Initialisation.class),
                        options.get(JobOptions.WARM_UP),
                        options.choice(JobOptions.FEATURES, Features.class)),
                new OrganisationSettings(
                        options.get(JobOptions.GUIDANCE),
                        options.get(JobOptions.TEMPERATURE),
                        options.get(JobOptions.LAMBDA_GROWTH),
                        options.get(JobOptions.REVIVE_AFTER),
                        new ConsolidationSettings(
                                options.get(JobOptions.STRANGERS),
                                options.get(JobOptions.GATHER),
                                options.get(JobOptions.MOST_GROUPS))),
                options.get(JobOptions.BATCH),
                options.get(JobOptions.SEED));
    }

    private static KafkaSettings kafka(OptionValues options, int maxRecordBytes) {
        KafkaSettings.TopicNames topics = new KafkaSettings.TopicNames(
                options.get(JobOptions.TOPIC_IMAGES),
                options.get(JobOptions.TOPIC_DICTIONARIES),
                options.get(JobOptions.TOPIC_SILHOUETTES),
                options.get(JobOptions.TOPIC_ACTIVITY),
                options.get(JobOptions.TOPIC_CODES),
                options.get(JobOptions.TOPIC_REJECTED));
        long distinct = Arrays.stream(new String[] {
                    topics.images(),
                    topics.dictionaries(),
                    topics.silhouettes(),
                    topics.activity(),
                    topics.codes(),
                    topics.rejected()
                })
                .distinct()
                .count();
        if (distinct < 6) {
            throw new IllegalArgumentException("topics.* name the same topic twice: " + topics);
        }
        return new KafkaSettings(
                options.get(JobOptions.GROUP_ID),
                options.get(JobOptions.TRANSACTIONAL_ID_PREFIX),
                options.get(JobOptions.TRANSACTION_TIMEOUT),
                maxRecordBytes,
                topics,
                clients(options));
    }

    private static ClientConfig clients(OptionValues options) {
        String file = options.get(JobOptions.KAFKA_CONFIG);
        return ClientConfig.of(
                options.given(JobOptions.BOOTSTRAP_SERVERS),
                options.kafkaClients(),
                file.equals(JobOptions.NO_FILE) ? Optional.empty() : Optional.of(Path.of(file)));
    }

    private static TreeMap<String, String> shown(OptionValues options) {
        Map<String, String> shown = new HashMap<>();
        for (JobOption<?> option : JobOptions.all()) {
            // the default is left out: hashes of earlier releases stay the same
            boolean boundsGroups = option == JobOptions.CACHE_BYTES
                    && options.get(JobOptions.GROUPS).equals(JobOptions.AUTO)
                    && !options.get(option).equals(option.config().defaultValue());
            if (boundsGroups || LEARNING_KEYS.stream().anyMatch(option.key()::startsWith)) {
                shown.put(option.key(), OptionText.of(options.get(option)));
            }
        }
        return new TreeMap<>(shown);
    }
}
