package org.silhouettes.job.learn;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.junit.jupiter.api.Test;
import org.silhouettes.job.record.ImageRecord;
import org.silhouettes.job.record.RawRecord;
import org.silhouettes.wire.RecordHeaders;

class ModelPartitionsTest {

    private final Map<String, Integer> state = new HashMap<>();
    private final Counter divided = new SimpleCounter();
    private String key;
    private ModelPartitions partitions = new ModelPartitions(keyed(), divided);

    @Test
    void aModelInSeveralPartitionsIsCountedOnce() throws Exception {
        seen("a", 0, 0, 1, 2, 0);
        seen("b", 3, 3, 3);
        assertThat(divided.getCount()).isEqualTo(1);
        seen("b", 0);
        assertThat(divided.getCount()).isEqualTo(2);
    }

    @Test
    void aRestoredJobKnowsThePartitionsOfBefore() throws Exception {
        seen("a", 0, 0);
        seen("b", 1, 0);
        Counter after = new SimpleCounter();
        partitions = new ModelPartitions(keyed(), after);
        seen("a", 2);
        seen("b", 1, 1);
        assertThat(after.getCount()).isEqualTo(2);
    }

    @Test
    void aModelThatWasDeletedMayComeBackInAnotherPartition() throws Exception {
        seen("a", 0, 0);
        partitions.forget("a");
        seen("a", 1, 1);
        assertThat(divided.getCount()).isZero();
        assertThat(state).containsOnly(Map.entry("a", 1));
    }

    @Test
    void noMoreThanTenThousandModelsAreRemembered() throws Exception {
        for (int i = 0; i < 20_000; i++) {
            seen("m" + i, 0);
        }
        for (int i = 0; i < 20_000; i++) {
            seen("m" + i, 0);
        }
        assertThat(divided.getCount()).isZero();
        seen("m0", 1);
        assertThat(divided.getCount()).isEqualTo(1);
    }

    private void seen(String model, int... of) throws Exception {
        key = model;
        for (int partition : of) {
            RawRecord origin =
                    new RawRecord(model.getBytes(UTF_8), new byte[0], RecordHeaders.NONE, "images", partition, 0);
            partitions.seen(ImageRecord.lateLabel(model, "label", "id", true, origin));
        }
    }

    private ValueState<Integer> keyed() {
        return new ValueState<>() {
            @Override
            public Integer value() {
                return state.get(key);
            }

            @Override
            public void update(Integer value) {
                state.put(key, value);
            }

            @Override
            public void clear() {
                state.remove(key);
            }
        };
    }
}
