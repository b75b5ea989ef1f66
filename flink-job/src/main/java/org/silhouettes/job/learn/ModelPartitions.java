package org.silhouettes.job.learn;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.silhouettes.job.record.ImageRecord;
import org.silhouettes.job.record.RawRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports models whose records come from more than one partition. Kafka defines no order between partitions, so such a model is
 * not reproducible; it continues to learn in the order of arrival. The partition of a model's first record is part of the keyed
 * state.
 */
final class ModelPartitions {

    private static final Logger LOG = LoggerFactory.getLogger(ModelPartitions.class);
    private static final int SEVERAL = -1;
    private static final int MAX_REMEMBERED = 10_000;

    private final ValueState<Integer> stored;
    private final Counter divided;
    private final Map<String, Integer> remembered = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > MAX_REMEMBERED;
        }
    };

    /** @param divided counts models with several partitions */
    ModelPartitions(KeyedStateStore store, Counter divided) {
        this(store.getState(new ValueStateDescriptor<>("partition", Types.INT)), divided);
    }

    ModelPartitions(ValueState<Integer> stored, Counter divided) {
        this.stored = stored;
        this.divided = divided;
    }

    /** Records the partition of a record that the current key's model accepted. */
    void seen(ImageRecord image) throws Exception {
        int partition = image.origin().partition();
        Integer before = remembered.get(image.model());
        if (before == null) {
            before = stored.value();
            if (before == null) {
                stored.update(partition);
                before = partition;
            } else if (before == SEVERAL) {
                divided.inc();
            }
            remembered.put(image.model(), before);
        }
        if (before != SEVERAL && before != partition) {
            stored.update(SEVERAL);
            remembered.put(image.model(), SEVERAL);
            divided.inc();
            warn(image, before);
        }
    }

    /** Forgets the current key's model. */
    void forget(String model) {
        stored.clear();
        remembered.remove(model);
    }

    private static void warn(ImageRecord image, int before) {
        RawRecord origin = image.origin();
        LOG.warn(
                "model \"{}\" has records in partitions {} and {} of topic \"{}\" (the second at offset {}), so their"
                        + " order is undefined and its dictionary is not reproducible. Either partitions were added, or"
                        + " two producers choose partitions differently: set topic.partitioner=murmur2_random in clients"
                        + " of librdkafka, see docs/kafka.md",
                image.model(),
                before,
                origin.partition(),
                origin.topic(),
                origin.offset());
    }
}
