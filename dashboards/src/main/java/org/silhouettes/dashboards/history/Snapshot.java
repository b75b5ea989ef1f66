package org.silhouettes.dashboards.history;

import java.util.List;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.wire.RecordPosition;
import org.silhouettes.wire.message.DictionaryAssembler;
import org.silhouettes.wire.message.DictionaryMessage;

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
        List<RecordPosition> parts) {

    public Snapshot {
        parts = List.copyOf(parts);
        if (parts.size() != shape.groups() + 1) {
            throw new IllegalArgumentException("version " + version + " has " + parts.size() + " parts, "
                    + shape.groups() + " groups and a mean image are expected");
        }
    }

    static Snapshot of(DictionaryAssembler.Assembled assembled) {
        DictionaryMessage.Whole of = assembled.of();
        return new Snapshot(
                of.of().version(),
                of.images(),
                of.sha256(),
                of.settingsHash(),
                assembled.atMillis(),
                new DictionaryShape(of.groups(), assembled.groupSize(), assembled.image()),
                assembled.positions());
    }

    /** Estimate of what it takes on the heap. */
    long heapBytes() {
        return 256 + 40L * parts.size();
    }
}
