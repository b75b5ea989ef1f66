package org.silhouettes.job.record;

import java.util.Arrays;
import org.silhouettes.wire.Headers;
import org.silhouettes.wire.RecordHeaders;
import org.silhouettes.wire.WireRecord;

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
        String reason = rejection.text();
        WireRecord whole = new WireRecord(origin.key(), origin.value(), headers(origin.headers(), reason, origin, run));
        if (whole.bytes() <= maxBytes) {
            return whole;
        }
        String without = " (left out here, as it exceeds output.max-record-bytes: ";
        String noValue = reason + without + "the value)";
        WireRecord bare = new WireRecord(origin.key(), null, headers(origin.headers(), noValue, origin, run));
        return bare.bytes() <= maxBytes
                ? bare
                : new WireRecord(
                        (byte[]) null,
                        null,
                        headers(RecordHeaders.NONE, reason + without + "key, value and headers)", origin, run));
    }

    private static RecordHeaders headers(RecordHeaders own, String reason, RawRecord origin, String run) {
        RecordHeaders headers = own.with(
                Headers.REASON,
                reason,
                Headers.TOPIC,
                origin.topic(),
                Headers.PARTITION,
                Integer.toString(origin.partition()),
                Headers.OFFSET,
                Long.toString(origin.offset()));
        return run == null ? headers : headers.with(Headers.RUN, run);
    }

    /** The kind of reason of a rejected record. */
    public static RejectReason reason(WireRecord rejected) {
        String text = rejected.headers().text(Headers.REASON);
        return Arrays.stream(RejectReason.values())
                .filter(reason -> text.startsWith(reason.label() + ":"))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no reason is known that begins \"" + text + '"'));
    }

    /** Topic, partition and offset of the record that was rejected. */
    public static String coordinates(WireRecord rejected) {
        return rejected.headers().text(Headers.TOPIC) + "-"
                + rejected.headers().text(Headers.PARTITION) + "@"
                + rejected.headers().text(Headers.OFFSET);
    }
}
