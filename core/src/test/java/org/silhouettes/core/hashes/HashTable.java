package org.silhouettes.core.hashes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** The stored table of dictionary hashes, {@code hashes/dictionaries.json} of the test resources. */
final class HashTable {

    private static final String RESOURCE = "/hashes/dictionaries.json";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private HashTable() {}

    static List<HashRow> rows() {
        try (InputStream in = HashTable.class.getResourceAsStream(RESOURCE)) {
            List<HashRow> rows = new ArrayList<>();
            MAPPER.readTree(in).forEach(row -> rows.add(new HashRow(row)));
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A row's text with another outcome, one line for each part. */
    static String text(HashRow row, ObjectNode outcome) {
        StringBuilder text = new StringBuilder("  {\n");
        ObjectNode changed = ((ObjectNode) row.json()).deepCopy();
        changed.set("outcome", outcome);
        for (Iterator<Map.Entry<String, JsonNode>> parts = changed.fields(); parts.hasNext(); ) {
            Map.Entry<String, JsonNode> part = parts.next();
            text.append("    \"").append(part.getKey()).append("\": ").append(part.getValue());
            text.append(parts.hasNext() ? ",\n" : "\n");
        }
        return text.append("  }").toString();
    }
}
