package org.silhouettes.dashboards.web;

import java.util.Optional;
import org.silhouettes.dashboards.feed.FlinkWatch;
import org.silhouettes.dashboards.feed.KafkaWatch;

/**
 * How the feed is, in one word for the page's colour and one sentence for its reader.
 *
 * @param state {@code live}, {@code loading}, {@code idle}, {@code waiting}, {@code job-down} or {@code kafka-away}
 * @param text what is going on, and what to do about it where something can be done
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
            KafkaWatch.Reading kafka,
            Optional<FlinkWatch.Reading> flink,
            String bootstrapServers) {}

    static Status of(Facts facts) {
        KafkaWatch.Reading kafka = facts.kafka();
        long quiet = facts.nowMillis() - facts.heardAtMillis();
        if (!kafka.reachable()) {
            return new Status(
                    "kafka-away",
                    "Kafka at " + facts.bootstrapServers() + " has not answered for "
                            + seconds(facts.nowMillis() - kafka.sinceMillis())
                            + ". What you see is the last state; the page goes on by itself when it is back.");
        }
        if (facts.progress() < 1) {
            return new Status(
                    "loading", "Reading the history from Kafka: " + (int) (100 * facts.progress()) + " % so far.");
        }
        Optional<String> job = facts.flink().map(FlinkWatch.Reading::state).flatMap(Status::jobTrouble);
        if (job.isPresent()) {
            return new Status("job-down", job.get());
        }
        if (facts.anyModel() && quiet < LIVE_MILLIS) {
            return new Status("live", "Learning, as you watch.");
        }
        return quietStatus(facts, kafka, quiet);
    }

    private static Status quietStatus(Facts facts, KafkaWatch.Reading kafka, long quiet) {
        if (kafka.lag() > 0 && facts.nowMillis() - kafka.committedAtMillis() > STUCK_MILLIS) {
            return new Status(
                    "job-down",
                    "No checkpoint of the job for " + seconds(facts.nowMillis() - kafka.committedAtMillis()) + ", and "
                            + String.format("%,d", kafka.lag()) + " images wait. The job seems to be down.");
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
        return new Status("idle", "Nothing new for " + seconds(quiet) + ".");
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
