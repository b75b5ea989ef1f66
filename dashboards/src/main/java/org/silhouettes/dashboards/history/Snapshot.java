package org.silhouettes.dashboards.history;

import java.util.List;
import org.silhouettes.core.dictionary.DictionaryShape;

/**
 * One complete version of a dictionary in Kafka: where it lies, and what its headers say.
 *
 * @param images how many images it was learned from
 * @param sha256 of the whole dictionary, as the job gave it
 * @param atMillis time of the record that completed it
 * @param parts where its groups lie, in order, and last its mean image
 */
public record Snapshot(
        long version,
        long images,
        String sha256,
        String settingsHash,
        long atMillis,
        DictionaryShape shape,
        List<Location> parts) {

    public Snapshot {
        parts = List.copyOf(parts);
        if (parts.size() != shape.groups() + 1) {
            throw new IllegalArgumentException("version " + version + " has " + parts.size() + " parts, "
                    + shape.groups() + " groups and a mean image are expected");
        }
    }

    /** Estimate of what it takes on the heap. */
    long heapBytes() {
        return 256 + 40L * parts.size();
    }
}
