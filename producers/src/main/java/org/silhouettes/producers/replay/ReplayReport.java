package org.silhouettes.producers.replay;

import java.util.Map;

/**
 * What a replay did.
 *
 * @param from position of its first image
 * @param next the first position that Kafka has not confirmed; a later replay resumes there
 * @param images taken from the source and confirmed by Kafka
 * @param complete false where it was stopped before its end
 * @param seconds from the first image until Kafka confirmed the last
 * @param backpressure share of that time, 0 … 1, in which Kafka would not take the next image
 * @param bytes of image data sent, all models together
 * @param confirmed false where it was stopped and Kafka has not answered in time for some records: they may have arrived, or
 *     may still, so that resuming at {@code next} could send them twice
 * @param endOffsets per partition of the topic, the offset after the last record that this replay wrote
 */
public record ReplayReport(
        long from,
        long next,
        long images,
        boolean complete,
        double seconds,
        double backpressure,
        long bytes,
        boolean confirmed,
        Map<Integer, Long> endOffsets) {

    public ReplayReport {
        endOffsets = Map.copyOf(endOffsets);
    }

    /** Images a second. */
    public double imagesPerSecond() {
        return seconds > 0 ? images / seconds : 0;
    }
}
