package org.silhouettes.experiments.run;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.wire.RecordPosition;
import org.silhouettes.wire.WireRecord;
import org.silhouettes.wire.message.DictionaryAssembler;
import org.silhouettes.wire.message.DictionaryMessage;

/**
 * A model's dictionary as topic {@code dictionaries} has it.
 *
 * @param dictionary the atoms, at the version of the snapshot
 * @param mean the mean image that is subtracted, [height, width, channels]
 * @param images how many images it was learned from
 */
@SuppressWarnings("ArrayRecordComponent")
public record LearnedDictionary(Dictionary dictionary, float[] mean, long images) {

    ImageShape image() {
        return dictionary.shape().image();
    }

    /** Assembles snapshots record by record and keeps the last one that is complete. */
    static final class Gatherer {
        private final String model;
        private final DictionaryAssembler assembler = new DictionaryAssembler();
        private LearnedDictionary last;

        Gatherer(String model) {
            this.model = model;
        }

        void add(ConsumerRecord<byte[], byte[]> record) {
            if (record.value() == null) {
                return;
            }
            DictionaryMessage message = DictionaryMessage.decode(WireRecord.of(record));
            if (message.of().of().model().equals(model)) {
                assembler
                        .add(message, RecordPosition.of(record), record.timestamp())
                        .ifPresent(complete -> last = of(complete));
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

    private static LearnedDictionary of(DictionaryAssembler.Assembled complete) {
        DictionaryMessage.Whole of = complete.of();
        DictionaryShape shape = new DictionaryShape(of.groups(), complete.groupSize(), complete.image());
        Dictionary dictionary = new Dictionary(shape, complete.atoms(), of.of().version());
        return new LearnedDictionary(dictionary, complete.mean(), of.images());
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
}
