package org.silhouettes.job.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RenamedOptionsTest {

    @ParameterizedTest
    @CsvSource({
        "organisation.guidance, guidance.weight, 0.5",
        "organisation.temperature, guidance.temperature, 0.5",
        "organisation.lambda-growth, encoder.lambda-growth, 0.5",
        "organisation.revive-after, dead-atoms.reset-after, 7",
        "organisation.strangers, growth.novelty-rate, 0.5",
        "organisation.gather, growth.buffer, 7",
        "organisation.most-groups, growth.max-groups, 7",
        "drift.least-rise, drift.min-increase, 0.5",
        "drift.revive-after, drift.reset-after, 7",
        "models.forget-after, models.expire-after, 7 s",
    })
    void aFormerKeyWorksWithAWarning(String former, String key, String value) {
        assertThat(JobSettings.from(Map.of(former, value)))
                .isEqualTo(JobSettings.from(Map.of(key, value)))
                .isNotEqualTo(JobSettings.defaults());
        assertThat(OptionValues.parse(Map.of(former, value)).warnings())
                .containsExactly(
                        "option " + former + " was renamed to " + key + "; the old name works in this release only");
        assertThat(OptionValues.parse(Map.of(key, value)).warnings()).isEmpty();
    }

    @Test
    void aFormerValueWorksWithAWarning() {
        Map<String, String> former = Map.of("drift.action", "tell");
        assertThat(JobSettings.from(former)).isEqualTo(JobSettings.from(Map.of("drift.action", "report")));
        assertThat(OptionValues.parse(former).warnings())
                .containsExactly("value tell of option drift.action was renamed to report; the old value works in this"
                        + " release only");
    }

    @Test
    void formerAndNewNameTogetherAreRefused() {
        assertThatThrownBy(() -> JobSettings.from(Map.of("organisation.gather", "7", "growth.buffer", "7")))
                .hasMessage(
                        "option growth.buffer is given twice, also by its former name organisation.gather: remove one"
                                + " of them");
    }

    @Test
    void everyRenamedOptionIsTestedHere() {
        assertThat(JobOptions.all().stream()
                        .filter(option -> !option.key().equals(option.declared().stableKey()))
                        .count())
                .isEqualTo(10);
    }
}
