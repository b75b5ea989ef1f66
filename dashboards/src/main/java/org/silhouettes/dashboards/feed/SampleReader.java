package org.silhouettes.dashboards.feed;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.silhouettes.dashboards.probe.ImageSample;
import org.silhouettes.imaging.PictureDecoder;
import org.silhouettes.imaging.PictureException;
import org.silhouettes.imaging.PictureLimits;
import org.silhouettes.wire.WireRecord;
import org.silhouettes.wire.kafka.TopicScan;
import org.silhouettes.wire.message.HeaderTexts;
import org.silhouettes.wire.message.ImageMessage;
import org.silhouettes.wire.message.InputMessage;
import org.silhouettes.wire.message.MessageException;

/**
 * Looks now and then at the newest images, a few hundred at a time, and adds those with a label to the sample: enough for the
 * class means and the distance matrices, whatever the stream's rate. One thread at a time.
 */
final class SampleReader implements AutoCloseable {

    private static final long FIRST_LOOK = 3000;
    private static final long A_LOOK = 300;
    private static final long LOOK_NANOS = Duration.ofMillis(1500).toNanos();
    /** The job may have other limits. */
    private static final int MAX_TEXT_BYTES = 10_000;

    private static final PictureLimits LIMITS = new PictureLimits(1 << 20, 256 * 256);

    private final String topic;
    private final KafkaClients clients;
    private final ImageSample sample;
    private final HeaderTexts texts = new HeaderTexts(MAX_TEXT_BYTES, MAX_TEXT_BYTES);
    private final PictureDecoder decoder = new PictureDecoder(LIMITS);
    private final Map<TopicPartition, Long> seen = new HashMap<>();
    private volatile Consumer<byte[], byte[]> consumer;

    SampleReader(String topic, KafkaClients clients, ImageSample sample) {
        this.topic = topic;
        this.clients = clients;
        this.sample = sample;
    }

    /** Looks once more; without the topic or without Kafka, at nothing. */
    synchronized void look() {
        try {
            if (consumer == null) {
                consumer = clients.consumer("sample");
            }
            List<TopicPartition> partitions = consumer.listTopics().getOrDefault(topic, List.of()).stream()
                    .map(p -> new TopicPartition(topic, p.partition()))
                    .toList();
            if (!partitions.isEmpty()) {
                read(partitions);
            }
        } catch (KafkaException e) {
            forget();
        }
    }

    private void read(List<TopicPartition> partitions) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Map<TopicPartition, Long> starts = consumer.beginningOffsets(partitions);
        consumer.assign(partitions);
        for (TopicPartition partition : partitions) {
            long end = ends.get(partition);
            long back = seen.containsKey(partition) ? A_LOOK : FIRST_LOOK;
            long from = Math.max(Math.max(starts.get(partition), end - back), seen.getOrDefault(partition, 0L));
            consumer.seek(partition, from);
        }
        long deadline = System.nanoTime() + LOOK_NANOS;
        TopicScan.read(consumer, ends, () -> System.nanoTime() >= deadline, records -> records.forEach(this::take));
        for (TopicPartition partition : partitions) {
            seen.put(partition, consumer.position(partition));
        }
        consumer.unsubscribe();
    }

    private void take(ConsumerRecord<byte[], byte[]> item) {
        try {
            if (InputMessage.decode(WireRecord.of(item), texts) instanceof ImageMessage image
                    && image.label() != null
                    && sample.wants(image.model(), image.label())) {
                sample.add(image.model(), image.label(), image.content().picture(decoder));
            }
        } catch (MessageException | PictureException | IllegalArgumentException e) {
            // the job rejects it with its reason; here it is one image fewer
        }
    }

    private synchronized void forget() {
        if (consumer != null) {
            consumer.close(CloseOptions.timeout(Duration.ofMillis(500)));
            consumer = null;
        }
    }

    @Override
    public void close() {
        Consumer<byte[], byte[]> current = consumer;
        if (current != null) {
            // ends a look that is under way, which then forgets its consumer
            current.wakeup();
        }
        forget();
    }
}
