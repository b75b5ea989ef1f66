package org.silhouettes.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.silhouettes.embedded.kafka.EmbeddedKafka;
import org.silhouettes.producers.dataset.DatasetOptions;
import org.silhouettes.producers.dataset.Datasets;
import org.silhouettes.producers.replay.BacklogLimit;
import org.silhouettes.producers.replay.ImageProducer;
import org.silhouettes.producers.replay.Progress;
import org.silhouettes.producers.replay.Replay;
import org.silhouettes.producers.replay.ReplayOptions;
import org.silhouettes.producers.replay.ReplayReport;

class BacklogLimitIT {

    private static final TopicPartition IMAGES = new TopicPartition("images", 0);
    private static final long IMAGE_BYTES = 28 * 28;
    private static final long LIMIT_IMAGES = 500;

    @Test
    void aReplayWaitsForItsReaderAndContinuesWithIt() throws Exception {
        ReplayOptions options =
                ReplayOptions.builder().models("m").images(100_000).build();
        try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafka.Settings.defaults());
                Admin admin =
                        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()));
                Producer<byte[], byte[]> producer = ImageProducer.connect(kafka.bootstrapServers(), Map.of())) {
            BacklogLimit limit = new BacklogLimit(admin, "readers", "images", LIMIT_IMAGES * IMAGE_BYTES);
            Replay replay = new Replay(
                            Datasets.open("glyphs", DatasetOptions.usual()), options, producer, Progress.silent())
                    .limit(limit);
            CompletableFuture<ReplayReport> running = CompletableFuture.supplyAsync(() -> {
                try {
                    return replay.run();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            long first = standsStill(admin);
            // what the producer had under way when the limit was reached is sent too
            assertThat(first).isGreaterThan(LIMIT_IMAGES).isLessThan(100_000);
            admin.alterConsumerGroupOffsets("readers", Map.of(IMAGES, new OffsetAndMetadata(first)))
                    .all()
                    .get();
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> end(admin) > first + LIMIT_IMAGES);
            replay.stop();
            assertThat(running.get(1, TimeUnit.MINUTES).complete()).isFalse();
        }
    }

    /** The topic's end once it has been the same for two seconds. */
    private static long standsStill(Admin admin) {
        long[] last = {-1, 0};
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> {
                    long end = end(admin);
                    last[1] = end > 0 && end == last[0] ? last[1] + 1 : 0;
                    last[0] = end;
                    return last[1] >= 4;
                });
        return last[0];
    }

    private static long end(Admin admin) throws Exception {
        return admin.listOffsets(Map.of(IMAGES, OffsetSpec.latest()))
                .partitionResult(IMAGES)
                .get()
                .offset();
    }
}
