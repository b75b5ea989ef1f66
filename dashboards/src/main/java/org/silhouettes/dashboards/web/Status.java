package org.silhouettes.dashboards.web;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.silhouettes.dashboards.feed.BlockedRecords;
import org.silhouettes.dashboards.feed.FlinkMonitor;
import org.silhouettes.dashboards.feed.KafkaMonitor;

/**
 * How the feed is, in one word for the page's colour and one sentence for its reader.
 *
 * @param state {@code live}, {@code loading}, {@code idle}, {@code waiting}, {@code job-down}, {@code kafka-away},
 *     {@code denied} or {@code failed}
 * @param text what happens, and what to do about it if something can be done
 */
record Status(String state, String text) {

    private static final long LIVE_MILLIS = 20_000;
    private static final long STUCK_MILLIS = 45_000;

    /** What is known when a status is made. */
    record Facts(
            long nowMillis,
            double progress,
            boolean anyModel,
            long heardAtMillis,
            KafkaMonitor.Reading kafka,
            Optional<FlinkMonitor.Reading> flink,
            Optional<String> failure,
            Optional<String> refusal,
            String bootstrapServers) {}

    static Status of(Facts facts) {
        KafkaMonitor.Reading kafka = facts.kafka();
        long quiet = facts.nowMillis() - facts.heardAtMillis();
        if (facts.failure().isPresent()) {
            return new Status(
                    "failed",
                    "Part of the dashboard has failed, what you see is old: "
                            + facts.failure().get() + ". Start it again; where memory ran out, with a larger heap.");
        }
        Optional<String> refused = kafka.contact() == KafkaMonitor.Contact.REFUSES ? kafka.trouble() : facts.refusal();
        if (refused.isPresent()) {
            return new Status("denied", refused.get());
        }
        if (kafka.contact() == KafkaMonitor.Contact.UNKNOWN) {
            return new Status("loading", "Asking Kafka at " + facts.bootstrapServers() + " for the first time.");
        }
        if (!kafka.reachable()) {
            return new Status(
                    "kafka-away",
                    "Kafka at " + facts.bootstrapServers() + " has not answered for "
                            + seconds(facts.nowMillis() - kafka.sinceMillis())
                            + ". What you see is the last state; the page continues when it is back.");
        }
        if (facts.progress() < 1) {
            return new Status(
                    "loading", "Reading the history from Kafka: " + (int) (100 * facts.progress()) + " % so far.");
        }
        Optional<String> job = facts.flink().map(FlinkMonitor.Reading::state).flatMap(Status::jobTrouble);
        if (job.isPresent()) {
            return new Status("job-down", job.get());
        }
        if (facts.anyModel() && quiet < LIVE_MILLIS) {
            return new Status("live", "Learning, as you watch.");
        }
        return quietStatus(facts, kafka, quiet);
    }

    private static Status quietStatus(Facts facts, KafkaMonitor.Reading kafka, long quiet) {
        long checkpointAt = Math.max(
                kafka.committedAtMillis(),
                facts.flink().map(FlinkMonitor.Reading::checkpointAtMillis).orElse(0L));
        if (kafka.lag() > 0 && facts.nowMillis() - checkpointAt > STUCK_MILLIS) {
            String waiting = "No checkpoint of the job for " + seconds(facts.nowMillis() - checkpointAt) + ", and "
                    + String.format("%,d", kafka.lag()) + " images wait. ";
            boolean runs = facts.flink()
                    .map(FlinkMonitor.Reading::state)
                    .filter("RUNNING"::equals)
                    .isPresent();
            return new Status(
                    "job-down",
                    waiting
                            + (runs
                                    ? "Flink reports that the job runs: Flink's page shows what delays its checkpoints."
                                    : "The job seems to be down."));
        }
        if (kafka.held().isPresent()) {
            return new Status("idle", held(kafka.held().get(), facts.nowMillis()));
        }
        if (!facts.anyModel()) {
            return new Status(
                    "waiting",
                    kafka.end() > 0
                            ? "Images are arriving. The first pictures come with the job's first checkpoint."
                            : "Nothing has arrived yet. Send images to the images topic: every Kafka key is a model.");
        }
        if (kafka.lag() == 0) {
            return new Status(
                    "idle",
                    "Nothing new for " + seconds(quiet) + ": every image in Kafka has been taken. All is well.");
        }
        return new Status(
                "idle",
                "Nothing new for " + seconds(quiet) + "."
                        + kafka.trouble().map(trouble -> " " + trouble).orElse(""));
    }

    private static String held(BlockedRecords held, long nowMillis) {
        return String.format("%,d", held.records())
                + " records of the images topic are blocked by an open transaction"
                + (held.transactionalId().isEmpty() ? "" : " of \"" + held.transactionalId() + "\"") + " since "
                + Instant.ofEpochMilli(held.sinceMillis()).truncatedTo(ChronoUnit.SECONDS) + " ("
                + seconds(nowMillis - held.sinceMillis())
                + "). They are learned once its producer ends it, or Kafka at the producer's transaction time-out.";
    }

    private static Optional<String> jobTrouble(String state) {
        return switch (state) {
            case "RUNNING", "CREATED", "INITIALIZING", "FINISHED" -> Optional.empty();
            case "UNREACHABLE" -> Optional.of("Flink does not answer. The images stay in Kafka until it is back.");
            case "NO JOB" -> Optional.of("Flink is up, but no job runs on it: start one.");
            case "RESTARTING", "FAILING" ->
                Optional.of("The job had a fault and restarts from its last checkpoint. No image is lost.");
            default -> Optional.of("The job is " + state.toLowerCase(java.util.Locale.ROOT) + ".");
        };
    }

    private static String seconds(long millis) {
        long seconds = Math.max(0, millis / 1000);
        return seconds < 120 ? seconds + " s" : seconds < 7200 ? seconds / 60 + " min" : seconds / 3600 + " h";
    }
}
