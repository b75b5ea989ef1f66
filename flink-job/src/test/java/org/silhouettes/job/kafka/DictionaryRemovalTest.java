package org.silhouettes.job.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.silhouettes.wire.Headers;

class DictionaryRemovalTest {

    private final DictionaryRemoval removal = new DictionaryRemoval("a");

    @Test
    void everyKeyOfTheModelThatHasAValueIsRemovedAndNoOther() {
        take("a/0", true);
        take("a/0", true);
        take("a/17", true);
        take("a/mean", true);
        take("a/1", true);
        take("a/1", false);
        take("a/b/0", true);
        take("a/0/0", true);
        take("ab/0", true);
        take("a", true);
        take("a/", true);
        removal.take(new ConsumerRecord<>("dictionaries", 0, 0, null, true));
        assertThat(keys()).containsExactly("a/0", "a/17", "a/mean");
    }

    @Test
    void aTombstoneHasThePartitionAndTheHeadersOfTheJobsOwn() {
        take("a/mean", true);
        assertThat(removal.tombstones()).singleElement().satisfies(tombstone -> {
            assertThat(tombstone.value()).isNull();
            assertThat(tombstone.partition()).isEqualTo(3);
            assertThat(tombstone.headers())
                    .extracting(header -> header.key() + "=" + new String(header.value(), UTF_8))
                    .containsExactly("model=a", "run=0123456789abcdef", "group=mean");
        });
    }

    private List<String> keys() {
        return removal.tombstones().stream()
                .map(tombstone -> new String(tombstone.key(), UTF_8))
                .toList();
    }

    private void take(String key, boolean value) {
        ConsumerRecord<byte[], Boolean> record =
                new ConsumerRecord<>("dictionaries", 3, 0, key.getBytes(UTF_8), value ? true : null);
        record.headers().add(Headers.RUN, "0123456789abcdef".getBytes(UTF_8));
        removal.take(record);
    }
}
