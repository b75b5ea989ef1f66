package org.silhouettes.job.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.silhouettes.wire.Headers;

class DictionaryVersionsTest {

    private final DictionaryVersions versions =
            new DictionaryVersions("dictionaries", new Properties(), model -> !model.startsWith("other"));

    @Test
    void theNewestVersionOfEachWantedModelCounts() {
        take("digits/0", "7", true);
        take("digits/mean", "7", true);
        take("digits/mean", "9", true);
        take("with/slash/mean", "3", true);
        take("other/mean", "4", true);
        assertThat(versions.newest()).isEqualTo(Map.of("digits", 9L, "with/slash", 3L));
    }

    @Test
    void aModelWhoseRecordsWereDeletedHasNoVersionsUntilItIsWrittenAgain() {
        take("digits/mean", "7", true);
        take("letters/mean", "7", true);
        take("digits/0", null, false);
        take("digits/mean", null, false);
        assertThat(versions.newest()).containsOnlyKeys("letters");
        take("digits/mean", "0", true);
        assertThat(versions.newest()).containsEntry("digits", 0L);
    }

    @Test
    void aRecordThatIsNoneOfOursIsPassedOver() {
        versions.take(new ConsumerRecord<>("dictionaries", 0, 0, null, true));
        take("digits", "7", true);
        take("mean", "7", true);
        assertThat(versions.newest()).isEmpty();
        take("digits/mean", "no number", true);
        take("letters/mean", null, true);
        assertThat(versions.newest()).isEqualTo(Map.of("digits", -1L, "letters", -1L));
    }

    private void take(String key, String version, boolean value) {
        ConsumerRecord<byte[], Boolean> record =
                new ConsumerRecord<>("dictionaries", 0, 0, key.getBytes(UTF_8), value ? true : null);
        if (version != null) {
            record.headers().add(Headers.VERSION, version.getBytes(UTF_8));
        }
        versions.take(record);
    }
}
