package org.silhouettes.job.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.silhouettes.core.settings.Choices;
import org.silhouettes.job.learn.HashedSettings;

class SettingsHashTest {

    /** Options that cannot change a dictionary or its statistics. */
    private static final Set<String> WITHOUT_EFFECT = Set.of(
            "activity.every",
            "checkpoint.interval",
            "codes.emit",
            "kafka.bootstrap-servers",
            "kafka.config",
            "kafka.group-id",
            "kafka.transaction-timeout",
            "kafka.transactional-id-prefix",
            "snapshot.every",
            "start.from-nothing",
            "topics.activity",
            "topics.codes",
            "topics.dictionaries",
            "topics.images",
            "topics.rejected",
            "topics.silhouettes");

    @Test
    void defaultsHaveTheHashOfTheFirstRelease() {
        assertThat(hashed(Map.of()).hash()).isEqualTo("3fe399b6524a70b1");
    }

    @Test
    void renamedOptionsHaveTheHashOfTheirFormerNames() {
        assertThat(hashed(Map.of("encoder.lambda", "5", "growth.buffer", "100", "drift.min-increase", "0.25"))
                        .hash())
                .isEqualTo("933cb13f12daffb4");
    }

    @Test
    void everyOptionAffectsLearningOrIsListedAsWithoutEffect() {
        Set<String> unmarked = JobOptions.all().stream()
                .filter(option -> !option.declared().declaration().affectsLearning())
                .map(JobOption::key)
                .collect(Collectors.toSet());
        assertThat(unmarked).isEqualTo(WITHOUT_EFFECT);
        Set<String> stable =
                marked().map(option -> option.declared().stableKey()).collect(Collectors.toSet());
        assertThat(stable).containsAll(SettingsHash.ALWAYS);
    }

    static Stream<JobOption> marked() {
        return JobOptions.all().stream()
                .filter(option -> option.declared().declaration().affectsLearning());
    }

    @ParameterizedTest
    @MethodSource("marked")
    void aChangedOptionThatAffectsLearningChangesTheHash(JobOption option) {
        String other = other(option);
        HashedSettings changed = hashed(Map.of(option.key(), other));
        assertThat(changed.hash()).isNotEqualTo(hashed(Map.of()).hash());
        assertThat(changed.texts()).containsEntry(option.key(), other);
    }

    @ParameterizedTest
    @CsvSource({
        "topics.codes, others",
        "kafka.group-id, others",
        "checkpoint.interval, 7 s",
        "codes.emit, all",
    })
    void anOptionWithoutEffectDoesNotChangeTheHash(String key, String value) {
        assertThat(hashed(Map.of(key, value))).isEqualTo(hashed(Map.of()));
    }

    private static HashedSettings hashed(Map<String, String> options) {
        return JobSettings.from(options).learning().hashed();
    }

    /** A valid value that is not the default. */
    private static String other(JobOption option) {
        Object value = option.defaultValue();
        if (value instanceof Enum<?> constant) {
            return Arrays.stream(constant.getDeclaringClass().getEnumConstants())
                    .filter(choice -> choice != constant)
                    .map(Choices::text)
                    .findFirst()
                    .orElseThrow();
        }
        if (value instanceof Duration) {
            return "7 s";
        }
        if (option.declared().declaration().size()) {
            return "7 mb";
        }
        return value instanceof Double
                ? (Double) value == 0.5 ? "0.25" : value.equals(3.0) ? "2" : "0.5"
                : option.key().equals("output.max-record-bytes") ? "500000" : "7";
    }
}
