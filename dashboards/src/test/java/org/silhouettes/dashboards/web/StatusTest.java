package org.silhouettes.dashboards.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.silhouettes.dashboards.feed.BlockedRecords;
import org.silhouettes.dashboards.feed.FlinkMonitor;
import org.silhouettes.dashboards.feed.KafkaMonitor;
import org.silhouettes.dashboards.feed.KafkaMonitor.Contact;

class StatusTest {

    private static final long NOW = 1_000_000;
    private static final KafkaMonitor.Reading WELL = reading(Contact.ANSWERS, 0, 0, 100, NOW, 100);

    @Test
    void saysThatKafkaIsAwayAndForHowLong() {
        KafkaMonitor.Reading away = reading(Contact.AWAY, NOW - 12_000, 0, 0, 0, 0);
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
        KafkaMonitor.Reading stuck = reading(Contact.ANSWERS, 0, 12_345, 100, NOW - 90_000, 12_445);
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
        KafkaMonitor.Reading noImages = reading(Contact.ANSWERS, 0, -1, -1, NOW, -1);
        assertThat(Status.of(facts(1, false, 0, noImages, null)).text()).startsWith("Nothing has arrived yet.");
        KafkaMonitor.Reading images = reading(Contact.ANSWERS, 0, -1, -1, NOW, 500);
        assertThat(Status.of(facts(1, false, 0, images, null)).text()).startsWith("Images are arriving.");
    }

    @Test
    void beforeTheFirstContactItSaysThatItAsks() {
        KafkaMonitor.Reading unknown = reading(Contact.UNKNOWN, NOW, -1, -1, NOW, -1);
        assertThat(Status.of(facts(1, false, 0, unknown, null)))
                .isEqualTo(new Status("loading", "Asking Kafka at broker:9092 for the first time."));
    }

    @Test
    void aRefusalOrAFailureIsToldAsSuch() {
        KafkaMonitor.Reading refused = new KafkaMonitor.Reading(
                Contact.REFUSES, 0, -1, -1, 0, -1, Optional.of("Kafka refuses the credentials."), Optional.empty());
        assertThat(Status.of(facts(1, true, NOW, refused, "RUNNING")))
                .isEqualTo(new Status("denied", "Kafka refuses the credentials."));
        Status.Facts noReader = new Status.Facts(
                NOW,
                1,
                true,
                NOW,
                WELL,
                Optional.empty(),
                Optional.of("the reader of [activity]: java.lang.OutOfMemoryError: Java heap space"),
                Optional.empty(),
                "broker:9092");
        assertThat(Status.of(noReader).state()).isEqualTo("failed");
        assertThat(Status.of(noReader).text()).contains("[activity]", "OutOfMemoryError", "Start it again");
    }

    @Test
    void flinksOwnCheckpointsCountBeforeOffsets() {
        KafkaMonitor.Reading waiting = reading(Contact.ANSWERS, 0, 300, 100, NOW - 90_000, 400);
        assertThat(Status.of(facts(1, true, NOW - 60_000, waiting, "RUNNING", NOW - 1000))
                        .state())
                .isEqualTo("idle");
        Status stuck = Status.of(facts(1, true, NOW - 60_000, waiting, "RUNNING", NOW - 70_000));
        assertThat(stuck.state()).isEqualTo("job-down");
        assertThat(stuck.text()).contains("for 70 s").contains("Flink reports that the job runs");
    }

    @Test
    void anOpenTransactionThatHoldsTheTopicBackIsTold() {
        KafkaMonitor.Reading held = new KafkaMonitor.Reading(
                Contact.ANSWERS,
                0,
                0,
                100,
                NOW - 90_000,
                100,
                Optional.empty(),
                Optional.of(new BlockedRecords(201, NOW - 61_000, "dead producer")));
        assertThat(Status.of(facts(1, true, NOW - 60_000, held, "RUNNING")))
                .isEqualTo(new Status(
                        "idle",
                        "201 records of the images topic are blocked by an open transaction of \"dead producer\""
                                + " since 1970-01-01T00:15:39Z (61 s). They are learned once its producer ends it, or"
                                + " Kafka at the producer's transaction time-out."));
    }

    private static KafkaMonitor.Reading reading(
            Contact contact, long since, long lag, long committed, long committedAt, long end) {
        return new KafkaMonitor.Reading(
                contact, since, lag, committed, committedAt, end, Optional.empty(), Optional.empty());
    }

    private static Status.Facts facts(
            double progress, boolean anyModel, long heardAt, KafkaMonitor.Reading kafka, String job) {
        return facts(progress, anyModel, heardAt, kafka, job, 0);
    }

    private static Status.Facts facts(
            double progress,
            boolean anyModel,
            long heardAt,
            KafkaMonitor.Reading kafka,
            String job,
            long checkpointAt) {
        Optional<FlinkMonitor.Reading> flink =
                Optional.ofNullable(job).map(state -> new FlinkMonitor.Reading(state, 0, checkpointAt, 0, 0, 0, 0, 0));
        return new Status.Facts(
                NOW, progress, anyModel, heardAt, kafka, flink, Optional.empty(), Optional.empty(), "broker:9092");
    }
}
