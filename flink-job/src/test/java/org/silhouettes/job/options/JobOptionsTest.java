package org.silhouettes.job.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.silhouettes.core.encoder.EncoderSettings;
import org.silhouettes.core.encoder.Shrinkage;
import org.silhouettes.core.initialisation.Initialisation;
import org.silhouettes.core.learner.LearnerSettings;
import org.silhouettes.job.learn.CodesEmit;
import org.silhouettes.job.record.ChannelMode;
import org.silhouettes.linalg.LinalgBackend;

class JobOptionsTest {

    @Test
    void transactionsHaveToOutliveCheckpoints() {
        JobSettings settings =
                JobSettings.from(Map.of("kafka.transaction-timeout", "1 min", "checkpoint.interval", "60 s"));
        assertThatThrownBy(settings::requireTransactionsOutliveCheckpoints)
                .hasMessage(
                        "kafka.transaction-timeout must be longer than checkpoint.interval (1 min) plus the longest restart,"
                                + " got 1 min: a transaction stays open from one checkpoint to the next");
        assertThat(JobSettings.defaults().requireTransactionsOutliveCheckpoints())
                .isEqualTo(JobSettings.defaults());
    }

    @Test
    void everyOptionIsUniqueAndDescribedAndTakesItsOwnDefault() {
        Set<String> keys = new HashSet<>();
        Map<String, String> defaults = new HashMap<>();
        for (JobOption option : JobOptions.all()) {
            assertThat(keys.add(option.key())).as("%s is unique", option.key()).isTrue();
            assertThat(option.key()).matches("[a-z0-9-]+(\\.[a-z0-9-]+)+");
            assertThat(option.help())
                    .as("help of %s", option.key())
                    .hasSizeGreaterThan(10)
                    .endsWith(".");
            assertThat(option.declared().allowed())
                    .as("range of %s", option.key())
                    .isNotBlank();
            assertThat(option.defaultText()).as("default of %s", option.key()).isNotBlank();
            defaults.put(option.key(), option.defaultText());
        }
        assertThat(JobSettings.from(defaults)).isEqualTo(JobSettings.defaults());
    }

    @Test
    void everyOptionRefusesNonsenseByItsKeyAndValue() {
        for (JobOption option : JobOptions.all()) {
            if (option.declared().type() != String.class) {
                assertThatThrownBy(() -> JobSettings.from(Map.of(option.key(), "no-such-value")))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage(
                                option.key() + " must be " + option.declared().allowed() + ", got \"no-such-value\"");
            }
        }
    }

    @Test
    void defaultsAreThoseOfTheMethod() {
        JobSettings settings = JobSettings.defaults();
        assertThat(settings.learning().learner()).isEqualTo(LearnerSettings.DEFAULTS);
        assertThat(settings.learning().reports().codes()).isEqualTo(CodesEmit.NONE);
        assertThat(settings.learning().stream().flushAfter()).isZero();
        assertThat(settings.decode().channels()).isEqualTo(ChannelMode.GRAY);
        assertThat(settings.checkpointInterval()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void valuesReachTheSettings() {
        JobSettings settings = JobSettings.from(Configuration.fromMap(Map.of(
                "model.groups", "auto",
                "init.method", "community",
                "encoder.lambda", "3.25",
                "encoder.shrinkage", "two-sided",
                "learner.usage-forgetting", "0.9",
                "linalg.backend", "nd4j",
                "flush.after", "1500 ms",
                "kafka.security.protocol", "SSL",
                "flink.rest.port", "1234")));
        assertThat(settings.learning().learner().groups()).isZero();
        assertThat(settings.learning().learner().initialisation().method()).isEqualTo(Initialisation.COMMUNITY);
        assertThat(settings.learning().learner().encoder().lambda()).isEqualTo(3.25);
        assertThat(settings.learning().learner().encoder().shrinkage()).isEqualTo(Shrinkage.TWO_SIDED);
        assertThat(settings.learning().learner().encoder().backend()).isEqualTo(LinalgBackend.ND4J);
        assertThat(settings.learning().learner().update().usageForgetting()).isEqualTo(0.9);
        assertThat(settings.learning().stream().flushAfter()).isEqualTo(Duration.ofMillis(1500));
        assertThat(settings.kafka().clients().properties()).containsExactly(Map.entry("security.protocol", "SSL"));
        assertThat(settings.flink()).containsExactly(Map.entry("rest.port", "1234"));
        assertThat(settings.learning().hashed().texts())
                .containsEntry("encoder.lambda", "3.25")
                .containsEntry("model.groups", "auto")
                .containsEntry("linalg.backend", "nd4j")
                .doesNotContainKey("kafka.group-id");
    }

    @Test
    void theCacheBelongsToTheSettingsOfLearningOnlyWhereItMayBoundTheNumberOfGroups() {
        assertThat(JobSettings.defaults().learning().hashed().texts()).doesNotContainKey("models.cache-bytes");
        assertThat(shown("models.cache-bytes", "256 mb", "model.groups", "auto"))
                .isEqualTo(shown("model.groups", "auto"));
        assertThat(shown("models.cache-bytes", "64 mb", "model.groups", "auto"))
                .containsEntry("models.cache-bytes", "64 mb");
        assertThat(shown("models.cache-bytes", "64 mb", "model.groups", "8")).isEqualTo(shown("model.groups", "8"));
    }

    private static Map<String, String> shown(String... options) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < options.length; i += 2) {
            values.put(options[i], options[i + 1]);
        }
        return JobSettings.from(values).learning().hashed().texts();
    }

    @Test
    void anUnknownKeyIsRefusedWithTheNearestOne() {
        assertThatThrownBy(() -> JobSettings.from(Map.of("encoder.lamda", "7")))
                .hasMessage("unknown option encoder.lamda: did you mean encoder.lambda?");
        assertThatThrownBy(() -> JobSettings.from(Map.of("kafka.bootstrap-server", "x:1")))
                .hasMessage("unknown option kafka.bootstrap-server: did you mean kafka.bootstrap-servers?");
        assertThatThrownBy(() -> JobSettings.from(Map.of("kafka.linger.m", "1")))
                .hasMessage("unknown option kafka.linger.m: did you mean kafka.linger.ms?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kafka.isolation.level | only committed records are read",
                "kafka.enable.auto.commit | offsets are committed with checkpoints",
                "kafka.auto.offset.reset | starts at the earliest offset",
                "kafka.group.id | named by kafka.group-id",
                "kafka.transactional.id | named by kafka.transactional-id-prefix",
                "kafka.transaction.timeout.ms | set by kafka.transaction-timeout",
                "kafka.partitioner.class | all images of a model share a partition",
                "kafka.acks | acknowledged by all replicas",
                "kafka.value.serializer | values are bytes",
                "kafka.bootstrap.servers | is named kafka.bootstrap-servers",
                "kafka.config | must be an absolute path",
            })
    void whatTheJobSetsItselfIsRefusedWithTheReason(String key, String reason) {
        assertThatThrownBy(() -> JobSettings.from(Map.of(key, "x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(key)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sasl.jaas.config",
                "ssl.keystore.password",
                "ssl.key.password",
                "ssl.keystore.key",
                "ssl.truststore.password",
                "sasl.oauthbearer.client.credentials.client.secret"
            })
    void aSecretIsRefusedAsAnOptionAndNotQuoted(String name) {
        assertThatThrownBy(() -> JobSettings.from(Map.of("kafka." + name, "canary-2b7e")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("kafka." + name)
                .hasMessageContaining("--kafka-config")
                .hasMessageNotContaining("canary-2b7e");
    }

    @Test
    void aValueOutOfRangeIsRefusedWithTheRange() {
        assertRefused("encoder.layers", "0", "encoder.layers must be between 1 and 1,000 layers, got 0");
        assertRefused("encoder.layers", "many", "encoder.layers must be between 1 and 1,000 layers, got \"many\"");
        assertRefused("encoder.unrolling", "lista", "encoder.unrolling must be ista or fista, got \"lista\"");
        assertRefused("model.groups", "0", "model.groups must be auto, or between 1 and 10,000 groups, got 0");
        assertRefused("learner.beta1", "1", "learner.beta1 must be at least 0 and below 1, got 1");
        assertRefused("learner.beta1", "NaN", "learner.beta1 must be at least 0 and below 1, got NaN");
        assertRefused("drift.delta", "0", "drift.delta must be above 0 and below 1, got 0");
        assertRefused("drift.threshold", "0", "drift.threshold must be above 0 and at most 1,000,000, got 0");
        assertRefused("checkpoint.interval", "1 ms", "checkpoint.interval must be between 100 ms and 1 h, got 1 ms");
        assertRefused(
                "models.expire-after", "1 ms", "models.expire-after must be off, or between 1 s and 3650 d, got 1 ms");
        assertRefused("models.cache-bytes", "1 kb", "models.cache-bytes must be between 1 mb and 1 tb, got 1 kb");
        assertRefused(
                "topics.images",
                "a b",
                "topics.images must be 1 to 249 letters, digits, dots, underscores or dashes, got \"a b\"");
        assertRefused(
                "topics.images",
                "codes",
                "topics.* must be distinct, got codes, dictionaries, silhouettes, activity, codes, rejected");
    }

    @Test
    void aSettingsRecordChecksTheRangeOfItsOption() {
        assertThatThrownBy(() -> EncoderSettings.PAPER.withLambda(-1))
                .hasMessage("encoder.lambda must be between 0 and 1,000,000, got -1");
    }

    private static void assertRefused(String key, String value, String message) {
        assertThatThrownBy(() -> JobSettings.from(Map.of(key, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void argumentsAreReadInOrderAndTheLastWordCounts() throws IOException {
        Path file = Files.createTempFile("silhouettes", ".yaml");
        Files.writeString(
                file, "# comment\nmodel.batch: 32   # images\nencoder.lambda: '1.5'\n\ntopics.codes: \"c\"\n");
        assertThat(JobArguments.parse("--conf", file.toString(), "-Dmodel.batch=16"))
                .isEqualTo(Map.of("model.batch", "16", "encoder.lambda", "1.5", "topics.codes", "c"));
        assertThatThrownBy(() -> JobArguments.parse("model.batch=16"))
                .hasMessageContaining("argument model.batch=16 is unknown");
        Files.writeString(
                file, "model:\n  batch: 3\n  seed: 010\ntopics.images: 1.10\nkafka.bootstrap-servers: a:1,b:2\n");
        assertThat(JobArguments.readFile(file))
                .isEqualTo(Map.of(
                        "model.batch",
                        "3",
                        "model.seed",
                        "010",
                        "topics.images",
                        "1.10",
                        "kafka.bootstrap-servers",
                        "a:1,b:2"));
        assertThatThrownBy(() -> readFile(file, "model.batch:3\n"))
                .hasMessageContaining("must have one \"key: value\"");
        assertThatThrownBy(() -> readFile(file, "model.batch: [3]\n")).hasMessageContaining("for model.batch");
        assertThatThrownBy(() -> readFile(file, "a: 1\na: 2\n"))
                .hasMessageContaining("not a valid YAML file")
                .hasMessageContaining("duplicate key a");
        assertThatThrownBy(() -> readFile(file, "model.batch: 1\nmodel:\n  batch: 2\n"))
                .hasMessageContaining("sets model.batch twice");
        Files.delete(file);
    }

    private static Map<String, String> readFile(Path file, String content) throws IOException {
        Files.writeString(file, content);
        return JobArguments.readFile(file);
    }
}
