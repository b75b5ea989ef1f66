package org.silhouettes.job.record;

import java.nio.charset.StandardCharsets;

/**
 * A record for one of the out topics.
 *
 * @param key bytes of the key, or null
 * @param value bytes of the value, or null
 */
@SuppressWarnings("ArrayRecordComponent")
public record OutRecord(byte[] key, byte[] value, RecordHeaders headers) {

    public OutRecord(String key, byte[] value, RecordHeaders headers) {
        this(key.getBytes(StandardCharsets.UTF_8), value, headers);
    }

    /** An upper bound of what the record takes of a broker's message limit, batch and record overhead included. */
    public long bytes() {
        return 128 + (key == null ? 0 : key.length) + (value == null ? 0 : value.length) + headers.bytes();
    }
}
