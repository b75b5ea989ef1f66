package org.silhouettes.producers.replay;

import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;

/** A record on its way to Kafka. */
final class InFlight implements Callback {

    final long position;
    private RecordMetadata arrived;
    private Exception failure;
    private volatile boolean done;

    InFlight(long position) {
        this.position = position;
    }

    @Override
    public void onCompletion(RecordMetadata metadata, Exception exception) {
        arrived = metadata;
        failure = exception;
        // published last: a reader that sees it sees the fields above
        done = true;
    }

    boolean done() {
        return done;
    }

    /** Why it did not arrive, or null; only once it is done. */
    Exception failure() {
        return failure;
    }

    int partition() {
        return arrived.partition();
    }

    long offset() {
        return arrived.offset();
    }
}
