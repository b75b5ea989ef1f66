package org.silhouettes.dashboards.feed;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Takes records, one at a time, on the reader's thread. */
@FunctionalInterface
interface RecordSink {
    void accept(ConsumerRecord<byte[], byte[]> item) throws Exception;
}
