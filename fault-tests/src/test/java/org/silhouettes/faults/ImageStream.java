package org.silhouettes.faults;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.silhouettes.wire.Headers;

/**
 * A seeded stream of small gray pictures for several models in turn: four classes of bars and corners under noise, with
 * labels and ids. The last image of each model closes its mini-batch. The same numbers give the same bytes.
 *
 * @param models number of models, image n is of model n % models
 * @param imagesPerModel images of each model
 * @param side height and width of an image
 * @param partitions of the topic; a model stays in one of them
 */
record ImageStream(int models, int imagesPerModel, int side, int partitions, long seed) {

    static final int CLASSES = 4;

    int size() {
        return models * imagesPerModel;
    }

    String model(int n) {
        return "model-" + n % models;
    }

    String id(int n) {
        return "image-" + n / models;
    }

    String label(int n) {
        return Integer.toString(new Random(seed * 31 + n).nextInt(CLASSES));
    }

    /** The n-th record of the stream. */
    ProducerRecord<byte[], byte[]> record(String topic, int n) {
        RecordHeaders headers = new RecordHeaders();
        add(headers, Headers.CONTENT_TYPE, Headers.RAW);
        add(headers, Headers.WIDTH, Integer.toString(side));
        add(headers, Headers.HEIGHT, Integer.toString(side));
        add(headers, Headers.CHANNELS, "1");
        add(headers, Headers.LABEL, label(n));
        add(headers, Headers.ID, id(n));
        if (n / models == imagesPerModel - 1) {
            add(headers, Headers.FLUSH, "true");
        }
        return new ProducerRecord<>(topic, partition(n), bytes(model(n)), samples(n), headers);
    }

    /** All records in order. */
    List<ProducerRecord<byte[], byte[]>> records(String topic) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(size());
        for (int n = 0; n < size(); n++) {
            records.add(record(topic, n));
        }
        return records;
    }

    int partition(int n) {
        return n % models % partitions;
    }

    private byte[] samples(int n) {
        Random random = new Random(seed * 1_000_003 + n);
        int kind = Integer.parseInt(label(n));
        int at = random.nextInt(side);
        int brightness = 120 + random.nextInt(120);
        byte[] samples = new byte[side * side];
        for (int row = 0; row < side; row++) {
            for (int column = 0; column < side; column++) {
                boolean on =
                        switch (kind) {
                            case 0 -> row == at;
                            case 1 -> column == at;
                            case 2 -> (row + column) % side == at;
                            default -> row <= at / 2 && column <= at / 2;
                        };
                samples[row * side + column] = (byte) ((on ? brightness : 0) + random.nextInt(15));
            }
        }
        return samples;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void add(RecordHeaders headers, String key, String value) {
        headers.add(key, bytes(value));
    }
}
