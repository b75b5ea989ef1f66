package org.silhouettes.job.record;

import org.silhouettes.wire.RecordHeaders;
import org.silhouettes.wire.WireRecord;

/**
 * A record of the images topic as it came. Live arrays: they must not be changed.
 *
 * @param key bytes of the model's name, or null
 * @param value bytes of the image, or null (a tombstone)
 */
@SuppressWarnings("ArrayRecordComponent")
public record RawRecord(byte[] key, byte[] value, RecordHeaders headers, String topic, int partition, long offset) {

    /** Key, value and headers alone. */
    public WireRecord record() {
        return new WireRecord(key, value, headers);
    }
}
