package org.silhouettes.wire.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.silhouettes.wire.Headers;
import org.silhouettes.wire.RecordHeaders;
import org.silhouettes.wire.WireFormat;
import org.silhouettes.wire.WireRecord;

/**
 * A record without a value of the topic {@code dictionaries}: compaction then removes its key. That of the mean image tells
 * readers that the run is over.
 *
 * @param run the run that is over; empty for all runs so far
 */
public record DictionaryDeletion(DictionaryKey key, Optional<String> run) {

    /** The records that remove a whole dictionary, the mean image last. */
    public static List<WireRecord> all(String model, String run, int groups) {
        List<WireRecord> records = new ArrayList<>();
        for (int g = 0; g <= groups; g++) {
            DictionaryKey key = new DictionaryKey(model, g == groups ? DictionaryKey.MEAN : g);
            records.add(new DictionaryDeletion(key, Optional.of(run)).encode());
        }
        return records;
    }

    /** The record on Kafka. */
    public WireRecord encode() {
        return new WireRecord(
                key.text(),
                null,
                RecordHeaders.of(
                        Headers.MODEL,
                        key.model(),
                        Headers.RUN,
                        run.orElse(null),
                        Headers.GROUP,
                        key.groupText(),
                        Headers.FORMAT,
                        WireFormat.CURRENT));
    }

    /** Reads a record without a value; empty where its key is no dictionary's. */
    public static Optional<DictionaryDeletion> decode(WireRecord record) {
        WireFormat.requireReadable(record.headers());
        return DictionaryKey.parse(record.key())
                .map(key -> new DictionaryDeletion(
                        key, Optional.ofNullable(record.headers().text(Headers.RUN))));
    }
}
