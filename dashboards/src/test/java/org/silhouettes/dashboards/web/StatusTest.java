package org.silhouettes.dashboards.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.silhouettes.dashboards.feed.FlinkWatch;
import org.silhouettes.dashboards.feed.KafkaWatch;

class StatusTest {

    private static final long NOW = 1_000_000;
    private static final KafkaWatch.Reading WELL = new KafkaWatch.Reading(true, 0, 0, 100, NOW, 100);

    @Test
    void saysThatKafkaIsAwayAndForHowLong() {
        KafkaWatch.Reading away = new KafkaWatch.Reading(false, NOW - 12_000, 0, 0, 0, 0);
        Status status = Status.of(facts(1, true, NOW - 1000, away, null));
        assertThat(status.state()).isEqualTo("kafka-away");
        assertThat(status.text()).startsWith("Kafka at broker:9092 has not answered for 12 s.");
    }

    @Test
    void saysHowMuchHistoryIsRead() {
        assertThat(Status.of(facts(0.43, false, 0, WELL, null)).text())
                .isEqualTo("Reading the history from Kafka: 43 % so far.");
    }

    @Test
    void isLiveWhileRecordsCome() {
        assertThat(Status.of(facts(1, true, NOW - 2000, WELL, "RUNNING")).state())
                .isEqualTo("live");
    }

    @Test
    void tellsIdleFromAJobThatIsDown() {
        assertThat(Status.of(facts(1, true, NOW - 60_000, WELL, null)))
                .isEqualTo(
                        new Status("idle", "Nothing new for 60 s: every image in Kafka has been taken. All is well."));
        KafkaWatch.Reading stuck = new KafkaWatch.Reading(true, 0, 12_345, 100, NOW - 90_000, 12_445);
        Status status = Status.of(facts(1, true, NOW - 60_000, stuck, null));
        assertThat(status.state()).isEqualTo("job-down");
        assertThat(status.text()).contains("90 s").contains("12,345 images wait");
        assertThat(Status.of(facts(1, true, NOW - 1000, WELL, "RESTARTING")).state())
                .isEqualTo("job-down");
        assertThat(Status.of(facts(1, true, NOW - 1000, WELL, "FINISHED")).state())
                .isEqualTo("live");
    }

    @Test
    void beforeAnyModelSaysWhatIsMissing() {
        KafkaWatch.Reading noImages = new KafkaWatch.Reading(true, 0, -1, -1, NOW, -1);
        assertThat(Status.of(facts(1, false, 0, noImages, null)).text()).startsWith("Nothing has arrived yet.");
        KafkaWatch.Reading images = new KafkaWatch.Reading(true, 0, -1, -1, NOW, 500);
        assertThat(Status.of(facts(1, false, 0, images, null)).text()).startsWith("Images are arriving.");
    }

    private static Status.Facts facts(
            double progress, boolean anyModel, long heardAt, KafkaWatch.Reading kafka, String job) {
        Optional<FlinkWatch.Reading> flink =
                Optional.ofNullable(job).map(state -> new FlinkWatch.Reading(state, 0, 0, 0, 0, 0, 0, 0));
        return new Status.Facts(NOW, progress, anyModel, heardAt, kafka, flink, "broker:9092");
    }
}
