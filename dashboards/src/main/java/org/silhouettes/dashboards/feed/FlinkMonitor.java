package org.silhouettes.dashboards.feed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;

/** The job's state and its checkpoints, asked of Flink's REST interface. */
public final class FlinkMonitor {

    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    /** The job's name in Flink. */
    private static final String JOB = "silhouettes";

    private static final Set<String> ENDED = Set.of("FINISHED", "CANCELED", "FAILED");
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * @param state Flink's word for the job's state, {@code UNREACHABLE}, {@code NO JOB}, or null before the first answer
     * @param checkpointAtMillis when the newest completed checkpoint ended; 0 if there is none
     * @param checkpointBytes its size
     * @param checkpointMillis how long it took
     * @param failedCheckpoints how many failed
     * @param failedAtMillis when the newest of them failed; 0 if none was begun
     * @param restored how often the job was restored from a checkpoint
     */
    public record Reading(
            String state,
            long startedAtMillis,
            long checkpointAtMillis,
            long checkpointBytes,
            long checkpointMillis,
            long failedCheckpoints,
            long failedAtMillis,
            long restored) {

        static final Reading NONE = new Reading(null, 0, 0, 0, 0, 0, 0, 0);

        static Reading of(String state) {
            return new Reading(state, 0, 0, 0, 0, 0, 0, 0);
        }
    }

    private final URI rest;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private volatile Reading reading = Reading.NONE;

    FlinkMonitor(URI rest) {
        this.rest = rest;
    }

    public Reading reading() {
        return reading;
    }

    /** Asks Flink once more. */
    void look() throws InterruptedException {
        try {
            JsonNode job = newest(get("/jobs/overview").path("jobs"));
            reading = job == null ? Reading.of("NO JOB") : checkpoints(job);
        } catch (IOException e) {
            reading = Reading.of("UNREACHABLE");
        }
    }

    /** The newest job of our name, one that has not ended before one that has; null where there is none. */
    static JsonNode newest(JsonNode jobs) {
        JsonNode newest = null;
        for (JsonNode job : jobs) {
            boolean better = job.path("name").asText().equals(JOB)
                    && (newest == null
                            || hasEnded(newest) && !hasEnded(job)
                            || hasEnded(newest) == hasEnded(job)
                                    && job.path("start-time").asLong()
                                            > newest.path("start-time").asLong());
            newest = better ? job : newest;
        }
        return newest;
    }

    private static boolean hasEnded(JsonNode job) {
        return ENDED.contains(job.path("state").asText());
    }

    private Reading checkpoints(JsonNode job) throws IOException, InterruptedException {
        JsonNode all = get("/jobs/" + job.path("jid").asText() + "/checkpoints");
        JsonNode completed = all.path("latest").path("completed");
        long triggered = completed.path("trigger_timestamp").asLong(0);
        long took = completed.path("end_to_end_duration").asLong(0);
        return new Reading(
                job.path("state").asText("UNKNOWN"),
                job.path("start-time").asLong(0),
                triggered == 0 ? 0 : triggered + took,
                completed.path("state_size").asLong(0),
                took,
                all.path("counts").path("failed").asLong(0),
                all.path("latest").path("failed").path("failure_timestamp").asLong(0),
                all.path("counts").path("restored").asLong(0));
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        String base = rest.toString().replaceAll("/+$", "");
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(base + path)).timeout(TIMEOUT).build();
        HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new IOException("Flink answered " + response.statusCode() + " to " + path);
        }
        return JSON.readTree(response.body());
    }
}
