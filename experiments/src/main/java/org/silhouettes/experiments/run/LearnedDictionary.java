package org.silhouettes.experiments.run;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.wire.Headers;
import org.silhouettes.wire.Npy;

/**
 * A model's dictionary as topic {@code dictionaries} has it.
 *
 * @param dictionary the atoms, at the version of the snapshot
 * @param mean the mean image that is subtracted, [height, width, channels]
 * @param images how many images it was learned from
 */
@SuppressWarnings("ArrayRecordComponent")
public record LearnedDictionary(Dictionary dictionary, float[] mean, long images) {

    private static final String MEAN = "mean";

    ImageShape image() {
        return dictionary.shape().image();
    }

    /** Gathers snapshots record by record and keeps the last one that is complete. */
    static final class Gatherer {
        private final String model;
        private final TreeMap<Long, Map<String, byte[]>> parts = new TreeMap<>();
        private final Map<Long, ConsumerRecord<byte[], byte[]>> heads = new TreeMap<>();
        private LearnedDictionary last;

        Gatherer(String model) {
            this.model = model;
        }

        void add(ConsumerRecord<byte[], byte[]> record) {
            if (record.value() == null || !model.equals(TopicContents.header(record, Headers.MODEL))) {
                return;
            }
            long version = Long.parseLong(TopicContents.header(record, Headers.VERSION));
            String key = new String(record.key(), StandardCharsets.UTF_8);
            Map<String, byte[]> snapshot = parts.computeIfAbsent(version, any -> new TreeMap<>());
            snapshot.put(key.substring(model.length() + 1), record.value());
            heads.put(version, record);
            int groups = Integer.parseInt(TopicContents.header(record, Headers.GROUPS));
            if (snapshot.size() == groups + 1) {
                last = assemble(snapshot, groups, version, record);
                parts.headMap(version, true).clear();
                heads.keySet().removeIf(other -> other <= version);
            }
        }

        /** The last complete snapshot. */
        LearnedDictionary last() {
            if (last == null) {
                throw new IllegalStateException("model \"" + model
                        + "\" has no complete dictionary: were there fewer images than init.warm-up?");
            }
            return last;
        }
    }

    /**
     * One dictionary of images of as many channels as there are models, of which each has learned one: its atoms are 0 in
     * all others, so that encoding by it is encoding by each.
     */
    static LearnedDictionary joined(List<LearnedDictionary> channels) {
        LearnedDictionary first = channels.get(0);
        if (channels.size() == 1) {
            return first;
        }
        DictionaryShape one = first.dictionary.shape();
        int count = channels.size();
        int groups = channels.stream()
                .mapToInt(channel -> channel.dictionary.shape().groups())
                .sum();
        ImageShape image = new ImageShape(one.image().height(), one.image().width(), count);
        DictionaryShape shape = new DictionaryShape(groups, one.groupSize(), image);
        float[] atoms = new float[shape.size()];
        float[] mean = new float[shape.values()];
        int row = 0;
        for (int c = 0; c < count; c++) {
            Dictionary of = channels.get(c).dictionary;
            spread(of.atoms(), atoms, row * shape.values() + c, count);
            spread(channels.get(c).mean, mean, c, count);
            row += of.shape().atoms();
        }
        return new LearnedDictionary(new Dictionary(shape, atoms, first.dictionary.version()), mean, first.images);
    }

    /** Puts values into every {@code step}-th place from one on. */
    private static void spread(float[] values, float[] out, int from, int step) {
        for (int i = 0; i < values.length; i++) {
            out[from + i * step] = values[i];
        }
    }

    private static LearnedDictionary assemble(
            Map<String, byte[]> parts, int groups, long version, ConsumerRecord<byte[], byte[]> record) {
        int[] shape = Npy.decode(parts.get("0")).shape();
        DictionaryShape whole = new DictionaryShape(groups, shape[0], new ImageShape(shape[1], shape[2], shape[3]));
        float[] atoms = new float[whole.size()];
        int perGroup = whole.size() / groups;
        for (int g = 0; g < groups; g++) {
            float[] group = Npy.decode(parts.get(Integer.toString(g))).floats();
            System.arraycopy(group, 0, atoms, g * perGroup, perGroup);
        }
        Dictionary dictionary = new Dictionary(whole, atoms, version);
        String expected = TopicContents.header(record, Headers.SHA256);
        if (!dictionary.sha256().equals(expected)) {
            throw new IllegalStateException("the dictionary at version " + version + " has SHA-256 "
                    + dictionary.sha256() + ", its records say " + expected);
        }
        return new LearnedDictionary(
                dictionary,
                Npy.decode(parts.get(MEAN)).floats(),
                Long.parseLong(TopicContents.header(record, Headers.IMAGES)));
    }
}
