package org.silhouettes.dashboards.feed;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.silhouettes.dashboards.history.ActivityReport;
import org.silhouettes.dashboards.history.Deletion;
import org.silhouettes.dashboards.history.DictionaryPart;
import org.silhouettes.dashboards.history.Location;
import org.silhouettes.wire.Headers;
import org.silhouettes.wire.RunId;

/** Reads Kafka records into what they say; refuses what does not keep to the wire formats. */
final class Records {

    private static final String MEAN = "mean";
    private static final int MAX_RUN = 64;

    private Records() {}

    static DictionaryPart dictionaryPart(ConsumerRecord<byte[], byte[]> item) {
        String group = RecordHeaders.required(item, Headers.GROUP);
        return new DictionaryPart(
                RecordHeaders.required(item, Headers.MODEL),
                run(item),
                RecordHeaders.number(item, Headers.VERSION),
                Math.toIntExact(RecordHeaders.number(item, Headers.GROUPS)),
                group.equals(MEAN) ? DictionaryPart.MEAN : Math.toIntExact(RecordHeaders.number(item, Headers.GROUP)),
                RecordHeaders.number(item, Headers.IMAGES),
                RecordHeaders.required(item, Headers.SHA256),
                RecordHeaders.text(item, Headers.SETTINGS_HASH, ""),
                item.timestamp(),
                new Location(item.topic(), item.partition(), item.offset()),
                item.value());
    }

    /** What the removal of a model's mean image says; empty where a group's record was removed. */
    static Optional<Deletion> deletion(ConsumerRecord<byte[], byte[]> item) {
        String key = item.key() == null ? "" : new String(item.key(), StandardCharsets.UTF_8);
        if (!key.endsWith("/" + MEAN)) {
            return Optional.empty();
        }
        String model = key.substring(0, key.length() - MEAN.length() - 1);
        return Optional.of(new Deletion(
                model, Optional.ofNullable(RecordHeaders.text(item, Headers.RUN, null)), item.timestamp()));
    }

    static ActivityReport activity(ConsumerRecord<byte[], byte[]> item) throws IOException {
        if (item.key() == null || item.value() == null) {
            throw new IOException("an activity record needs a key and a value");
        }
        String model = new String(item.key(), StandardCharsets.UTF_8);
        return ActivityReport.parse(model, run(item), item.timestamp(), item.value());
    }

    /** The run's id; records of releases before there were run ids are of one run. */
    private static String run(ConsumerRecord<byte[], byte[]> item) {
        String run = RecordHeaders.text(item, Headers.RUN, RunId.EARLIER);
        if (run.length() > MAX_RUN) {
            throw new IllegalArgumentException(
                    "header run has " + run.length() + " characters, at most " + MAX_RUN + " are taken");
        }
        return run;
    }
}
