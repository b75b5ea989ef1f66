package org.silhouettes.dashboards.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One record of the {@code activity} topic. Numbers that it lacks are NaN.
 *
 * @param run see {@link org.silhouettes.wire.RunId}
 * @param version −1 while the model warms up
 * @param atMillis time of the record in Kafka
 * @param raw the JSON text as it came
 */
public record ActivityReport(
        String model,
        String run,
        long version,
        long learned,
        long emittedAtMillis,
        long atMillis,
        JsonNode json,
        byte[] raw) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_MARKS = 200;
    private static final int MAX_MARK_TEXT = 500;

    /** Something that happened to the model: a drift, a restart. */
    public record Mark(long version, String kind, String detector, String detail) {}

    /** Reads a record's value; the model's name is the record's key, the run a header. */
    public static ActivityReport parse(String model, String run, long atMillis, byte[] value) throws IOException {
        JsonNode json = JSON.readTree(value);
        if (json == null || !json.isObject() || !json.path("version").isIntegralNumber()) {
            throw new IOException("not an activity report: a JSON object with a version is expected");
        }
        return new ActivityReport(
                model,
                run,
                json.path("version").asLong(),
                json.path("learned").asLong(0),
                json.path("emittedAtMillis").asLong(0),
                atMillis,
                json,
                value);
    }

    boolean isWarmUp() {
        return version < 0;
    }

    /** Whether it tells the activity of every unit. */
    boolean hasUnits() {
        return json.path("unit").path("active").size() > 0;
    }

    /** A number of this record's window, which covers the images since the last record. */
    double window(String field) {
        return json.path("window").path(field).asDouble(Double.NaN);
    }

    double number(String field) {
        return json.path(field).asDouble(Double.NaN);
    }

    /** Share of images whose strongest group it is, [groups]; empty where absent. */
    float[] groupShare() {
        JsonNode share = json.path("group").path("share");
        float[] out = new float[share.size()];
        for (int g = 0; g < out.length; g++) {
            out[g] = (float) share.path(g).asDouble(0);
        }
        return out;
    }

    List<Mark> marks() {
        List<Mark> marks = new ArrayList<>();
        for (JsonNode mark : json.path("marks")) {
            if (marks.size() < MAX_MARKS) {
                marks.add(new Mark(
                        mark.path("version").asLong(version),
                        text(mark.path("kind").asText("mark")),
                        text(mark.path("detector").asText("")),
                        text(mark.path("detail").asText(""))));
            }
        }
        return marks;
    }

    private static String text(String text) {
        return text.length() <= MAX_MARK_TEXT ? text : text.substring(0, MAX_MARK_TEXT);
    }
}
