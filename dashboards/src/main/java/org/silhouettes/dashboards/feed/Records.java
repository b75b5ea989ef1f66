package org.silhouettes.dashboards.feed;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.silhouettes.dashboards.history.ActivityReport;
import org.silhouettes.dashboards.history.Deletion;
import org.silhouettes.dashboards.history.DictionaryPart;
import org.silhouettes.wire.RecordPosition;
import org.silhouettes.wire.WireRecord;
import org.silhouettes.wire.message.ActivityMessage;
import org.silhouettes.wire.message.DictionaryDeletion;
import org.silhouettes.wire.message.DictionaryMessage;

/** Reads Kafka records into messages and their times; refuses what does not keep to the wire formats. */
final class Records {

    private Records() {}

    static DictionaryPart dictionaryPart(ConsumerRecord<byte[], byte[]> item) {
        DictionaryMessage message = DictionaryMessage.decode(WireRecord.of(item));
        return new DictionaryPart(message, RecordPosition.of(item), item.timestamp());
    }

    /** The deletion of a model by the record of its mean image; empty where a group's record was removed. */
    static Optional<Deletion> deletion(ConsumerRecord<byte[], byte[]> item) {
        return DictionaryDeletion.decode(WireRecord.of(item))
                .filter(deletion -> deletion.key().isMean())
                .map(deletion -> new Deletion(deletion.key().model(), deletion.run(), item.timestamp()));
    }

    static ActivityReport activity(ConsumerRecord<byte[], byte[]> item) {
        WireRecord record = WireRecord.of(item);
        if (record.key() == null) {
            throw new IllegalArgumentException("an activity record needs a key, the model's name");
        }
        return new ActivityReport(
                record.keyText(),
                ActivityMessage.run(record),
                ActivityMessage.decode(record),
                item.timestamp(),
                record.value());
    }
}
