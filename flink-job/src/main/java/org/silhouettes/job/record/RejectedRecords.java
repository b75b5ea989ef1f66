package org.silhouettes.job.record;

import java.util.Arrays;
import org.silhouettes.wire.RecordPosition;
import org.silhouettes.wire.WireRecord;
import org.silhouettes.wire.message.RejectedMessage;

/** Makes the records of the rejected topic. */
public final class RejectedRecords {

    private RejectedRecords() {}

    /** The same for a record that reached no model. */
    public static WireRecord of(RawRecord origin, Rejection rejection, long maxBytes) {
        return of(origin, rejection, null, maxBytes);
    }

    /**
     * The record as it came, with reason and coordinates behind its own headers. Where that would be over the broker's
     * limit, the value is left out, then the sender's headers and key too, and the reason says so: the coordinates still
     * find the original.
     *
     * @param run id of the run of the model that refused it, or null
     * @param maxBytes largest record that the broker takes
     */
    public static WireRecord of(RawRecord origin, Rejection rejection, String run, long maxBytes) {
        RecordPosition position = new RecordPosition(origin.topic(), origin.partition(), origin.offset());
        return new RejectedMessage(origin.record(), rejection.text(), position, run, false).encodeWithin(maxBytes);
    }

    /** The kind of reason of a rejected record. */
    public static RejectReason reason(WireRecord rejected) {
        String text = message(rejected).reason();
        return Arrays.stream(RejectReason.values())
                .filter(reason -> text.startsWith(reason.label() + ":"))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no reason is known that begins \"" + text + '"'));
    }

    /** Topic, partition and offset of the record that was rejected. */
    public static String coordinates(WireRecord rejected) {
        return message(rejected).origin().toString();
    }

    private static RejectedMessage message(WireRecord rejected) {
        return RejectedMessage.decode(rejected)
                .orElseThrow(() -> new IllegalArgumentException("the record was not rejected by the job"));
    }
}
