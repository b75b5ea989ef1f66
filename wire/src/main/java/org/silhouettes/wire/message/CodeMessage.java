package org.silhouettes.wire.message;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.util.List;
import org.silhouettes.wire.WireFormat;
import org.silhouettes.wire.WireRecord;

/**
 * A record of the topic {@code codes}: one image's active groups.
 *
 * @param id the producer's name for the image, or null
 * @param label its class, or null
 * @param version of the dictionary that encoded it
 * @param learn whether it was learned from
 * @param error mean squared error a value
 * @param energy mean square of the centred image
 * @param groups active groups in their order
 */
public record CodeMessage(
        String model,
        String id,
        String label,
        long version,
        boolean learn,
        float error,
        float energy,
        List<Group> groups) {

    /**
     * An active group.
     *
     * @param norm of its code
     * @param units its nonzero units; null where the record would be too large with them
     */
    public record Group(int group, float norm, List<Unit> units) {}

    /** A unit of a group and its value, an array of the two. */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    public record Unit(int unit, float value) {}

    /** The same without the units. */
    public CodeMessage withoutUnits() {
        List<Group> norms = groups.stream()
                .map(group -> new Group(group.group(), group.norm(), null))
                .toList();
        return new CodeMessage(model, id, label, version, learn, error, energy, norms);
    }

    /** Number of nonzero units. */
    public int unitCount() {
        return groups.stream()
                .mapToInt(group -> group.units() == null ? 0 : group.units().size())
                .sum();
    }

    /** The record on Kafka. */
    public WireRecord encode(String run) {
        return new WireRecord(model, MessageJson.bytes(this), new ModelVersion(model, run, version).headers());
    }

    /**
     * Reads a record.
     *
     * @throws IllegalArgumentException where it is no such JSON
     */
    public static CodeMessage decode(WireRecord record) {
        WireFormat.requireReadable(record.headers());
        return MessageJson.read(record.value(), CodeMessage.class, "a codes record");
    }
}
