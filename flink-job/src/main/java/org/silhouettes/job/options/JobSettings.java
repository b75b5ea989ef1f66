package org.silhouettes.job.options;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;
import org.silhouettes.core.drift.DriftSettings;
import org.silhouettes.core.learner.LearnerSettings;
import org.silhouettes.core.settings.Setting;
import org.silhouettes.core.settings.SettingRecords;
import org.silhouettes.core.statistics.ActivitySettings;
import org.silhouettes.job.decode.DecodeSettings;
import org.silhouettes.job.kafka.OnGap;
import org.silhouettes.job.learn.HashedSettings;
import org.silhouettes.job.learn.LearningSettings;
import org.silhouettes.job.learn.ModelSettings;
import org.silhouettes.job.learn.ReportSettings;
import org.silhouettes.job.learn.StartFromNothing;
import org.silhouettes.job.learn.StreamSettings;
import org.silhouettes.job.record.ChannelMode;
import org.silhouettes.wire.kafka.ClientConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All settings of a job, validated. The components and their records declare the options.
 *
 * @param flink options for Flink itself, by Flink's own names
 */
public record JobSettings(
        LearningSettings learning,
        DecodeSettings decode,
        @Setting(
                        key = "input.on-gap",
                        help =
                                "Behaviour if retention removed unread images: fail and name them, or continue at the earliest image left"
                                        + " and count the missing ones.")
                OnGap onGap,
        KafkaSettings kafka,
        @Setting(
                        key = "start.from-nothing",
                        affectsLearning = false,
                        help = "Behaviour of a job without a checkpoint for models whose versions are already in"
                                + " topics.dictionaries: refuse to start, or allow a new run of the model.")
                StartFromNothing fromNothing,
        @Setting(
                        key = "checkpoint.interval",
                        min = 0.1,
                        max = 3600,
                        affectsLearning = false,
                        help = "Time between checkpoints; output becomes visible to readers with each checkpoint.")
                Duration checkpointInterval,
        Map<String, String> flink) {

    private static final Logger LOG = LoggerFactory.getLogger(JobSettings.class);

    /** Defaults of all options, without what follows from them. */
    static final JobSettings DECLARED = new JobSettings(
            new LearningSettings(
                    LearnerSettings.DEFAULTS,
                    ChannelMode.GRAY,
                    ActivitySettings.DEFAULTS,
                    DriftSettings.DEFAULTS,
                    ModelSettings.DEFAULTS,
                    StreamSettings.DEFAULTS,
                    ReportSettings.DEFAULTS,
                    new HashedSettings(new TreeMap<>(), "")),
            DecodeSettings.DEFAULTS,
            OnGap.FAIL,
            KafkaSettings.DEFAULTS,
            StartFromNothing.REFUSE,
            Duration.ofSeconds(5),
            Map.of());

    /** All defaults. */
    public static JobSettings defaults() {
        return from(Map.of());
    }

    /** @throws IllegalArgumentException naming key, value and remedy, where a key is unknown or a value out of range */
    public static JobSettings from(Configuration configuration) {
        return from(configuration.toMap());
    }

    /** @throws IllegalArgumentException naming key, value and remedy, where a key is unknown or a value out of range */
    public static JobSettings from(Map<String, String> texts) {
        OptionValues options = OptionValues.parse(texts);
        options.warnings().forEach(LOG::warn);
        JobSettings bound = SettingRecords.with(DECLARED, options.values());
        return new JobSettings(
                bound.learning.withHashed(SettingsHash.of(SettingRecords.values(bound))),
                bound.decode,
                bound.onGap,
                bound.kafka.withClients(clients(bound.kafka.connection(), options)),
                bound.fromNothing,
                bound.checkpointInterval,
                options.flink());
    }

    /**
     * The settings themselves.
     *
     * @throws IllegalArgumentException if a transaction would expire before the checkpoint that commits it
     */
    public JobSettings requireTransactionsOutliveCheckpoints() {
        if (kafka.transactionTimeout().compareTo(checkpointInterval) <= 0) {
            throw new IllegalArgumentException("kafka.transaction-timeout must be longer than checkpoint.interval ("
                    + JobOptions.text("checkpoint.interval", checkpointInterval) + ") plus the longest restart, got "
                    + JobOptions.text("kafka.transaction-timeout", kafka.transactionTimeout())
                    + ": a transaction stays open from one checkpoint to the next");
        }
        return this;
    }

    private static ClientConfig clients(KafkaSettings.Connection connection, OptionValues options) {
        return ClientConfig.of(
                Optional.ofNullable(options.values().get(JobOptions.BOOTSTRAP_SERVERS))
                        .map(Object::toString),
                options.kafkaClients(),
                connection.file().equals(KafkaSettings.NO_FILE)
                        ? Optional.empty()
                        : Optional.of(Path.of(connection.file())));
    }
}
