package org.silhouettes.dashboards.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;

/**
 * The newest activity report without its arrays by group, unit and class, which are most of it: a kilobyte or two.
 *
 * @param text JSON
 */
@SuppressWarnings("ArrayRecordComponent")
public record LatestReport(long version, long learned, long emittedAtMillis, byte[] text) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> ARRAYS = Set.of("group", "unit", "classes", "marks");
    /** No field that the job writes is larger: one of a foreign record is left out. */
    private static final int MAX_FIELD = 16_384;

    static LatestReport of(ActivityReport report) {
        try {
            ObjectNode kept = JSON.createObjectNode();
            for (Map.Entry<String, JsonNode> field : report.json().properties()) {
                boolean small = !ARRAYS.contains(field.getKey())
                        && JSON.writeValueAsBytes(field.getValue()).length <= MAX_FIELD;
                if (small) {
                    kept.set(field.getKey(), field.getValue());
                }
            }
            return new LatestReport(
                    report.version(), report.learned(), report.emittedAtMillis(), JSON.writeValueAsBytes(kept));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a JSON tree cannot be written to memory", e);
        }
    }

    public JsonNode json() {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException("this text was written here", e);
        }
    }

    long heapBytes() {
        return 64L + text.length;
    }
}
