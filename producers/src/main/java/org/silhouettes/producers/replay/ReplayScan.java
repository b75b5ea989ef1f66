package org.silhouettes.producers.replay;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Utils;
import org.silhouettes.wire.WireRecord;
import org.silhouettes.wire.message.ImageMessage;
import org.silhouettes.wire.message.LabelMessage;

/**
 * Collects which records of a replay a topic holds, from all records of all its partitions. Records of others and
 * malformed headers are ignored. Where the same replay was sent more than once from its first image on, the last time
 * counts.
 */
final class ReplayScan {

    private final String fingerprint;
    private final String topic;
    private final List<String> models;
    private final int turns;
    private final Map<String, Found> byModel = new HashMap<>();

    /** What was found of one model. */
    private static final class Found {
        private final Map<Integer, Resumption.Sent> byPartition = new TreeMap<>();
        private int starts;
        private boolean another;
    }

    ReplayScan(String fingerprint, ReplayOptions options) {
        this.fingerprint = fingerprint;
        this.topic = options.topic();
        this.models = options.models();
        this.turns = options.spread() == Spread.DEAL ? options.models().size() : 1;
        models.forEach(model -> byModel.put(model, new Found()));
    }

    /** Takes in a record; those of a partition have to come in their order. */
    void add(ConsumerRecord<byte[], byte[]> record) {
        WireRecord wire = WireRecord.of(record);
        Found found = byModel.get(wire.keyText());
        ReplayMark mark = found == null
                ? null
                : ImageMessage.Replayed.mark(wire).flatMap(ReplayMark::parse).orElse(null);
        if (mark == null) {
            return;
        }
        if (!mark.fingerprint().equals(fingerprint)) {
            found.another = true;
            return;
        }
        boolean label = LabelMessage.is(wire);
        Resumption.Sent sent = found.byPartition.computeIfAbsent(record.partition(), any -> new Resumption.Sent(turns));
        if (!label && mark.position() < turns) {
            found.starts++;
            sent.clear();
        }
        sent.add(mark.position(), label);
    }

    /**
     * What the topic holds of the replay.
     *
     * @param begins first offset of each partition; above 0 where records have been removed
     * @throws IllegalArgumentException if it cannot be decided which records were sent
     */
    Resumption result(Map<Integer, Long> begins) {
        Map<String, Resumption.Sent> sent = new HashMap<>();
        for (String model : models) {
            Found found = byModel.get(model);
            if (found.byPartition.isEmpty()) {
                requireNothingElse(model, found, begins);
            } else {
                sent.put(model, union(model, found, begins));
            }
        }
        return new Resumption(sent);
    }

    private Resumption.Sent union(String model, Found found, Map<Integer, Long> begins) {
        if (found.byPartition.size() > 1 && found.starts > 1) {
            throw refusal("topic " + topic + " holds this replay " + found.starts + " times for model \"" + model
                    + "\", in partitions " + found.byPartition.keySet()
                    + ", and does not show which records belong together");
        }
        Resumption.Sent all = new Resumption.Sent(turns);
        found.byPartition.values().forEach(all::addAll);
        // where the producer puts it now, which is elsewhere after partitions were added
        int usual = Utils.toPositive(Utils.murmur2(model.getBytes(StandardCharsets.UTF_8))) % begins.size();
        if (!found.byPartition.containsKey(usual) && begins.getOrDefault(usual, 0L) > 0) {
            throw refusal("partition " + usual + " of topic " + topic + " begins at offset " + begins.get(usual)
                    + ": what was removed before it may have been the newest images of model \"" + model + "\"");
        }
        boolean removed = found.byPartition.keySet().stream().anyMatch(partition -> begins.get(partition) > 0);
        if (all.begin() > 0 && !removed) {
            throw refusal("topic " + topic + " holds images " + all.begin() * turns + " to "
                    + ((all.last() + 1) * turns - 1) + " of this replay for model \"" + model
                    + "\", but none before, and nothing was removed from it");
        }
        return all;
    }

    private void requireNothingElse(String model, Found found, Map<Integer, Long> begins) {
        if (found.another) {
            throw new IllegalArgumentException("option from is topic, but what topic " + topic
                    + " holds for model \"" + model
                    + "\" is another replay's: give the data set and the options that the"
                    + " replay was started with, or say from which image on");
        }
        begins.forEach((partition, begin) -> {
            if (begin > 0) {
                throw refusal("topic " + topic + " holds no image of this replay for model \"" + model
                        + "\", and its partition " + partition + " begins at offset " + begin
                        + ": the images may have been sent and removed since");
            }
        });
    }

    private static IllegalArgumentException refusal(String why) {
        return new IllegalArgumentException("option from is topic, but " + why
                + ". Say from which image on with --from N; --from 0 sends all of them");
    }
}
