package org.silhouettes.wire.message;

import java.util.List;
import java.util.Optional;
import org.silhouettes.wire.Headers;
import org.silhouettes.wire.RecordHeaders;
import org.silhouettes.wire.RecordPosition;
import org.silhouettes.wire.WireFormat;
import org.silhouettes.wire.WireRecord;

/**
 * A record of the topic {@code rejected}: an input record as it came, with the job's headers behind its own.
 *
 * @param original key, value and headers as they came, or what of them fits
 * @param reason kind of reason, a colon, and what is wrong
 * @param origin where the original lies
 * @param run of the model that rejected it, or null
 * @param valueOmitted whether the value was left out because of its size
 */
public record RejectedMessage(
        WireRecord original, String reason, RecordPosition origin, String run, boolean valueOmitted) {

    /** The headers that every rejected record has behind those of the sender, in this order. */
    private static final List<String> REQUIRED =
            List.of(Headers.REASON, Headers.TOPIC, Headers.PARTITION, Headers.OFFSET);
    /** Those that may follow, in this order. */
    private static final List<String> OPTIONAL = List.of(Headers.RUN, Headers.VALUE_OMITTED, Headers.FORMAT);
    /** By this option's key in the reason, format 1.0 said that the value was left out. */
    private static final String SIZE_OPTION = "output.max-record-bytes";

    /** The record on Kafka. */
    public WireRecord encode() {
        return new WireRecord(
                original.key(),
                original.value(),
                original.headers()
                        .with(
                                Headers.REASON,
                                reason,
                                Headers.TOPIC,
                                origin.topic(),
                                Headers.PARTITION,
                                Integer.toString(origin.partition()),
                                Headers.OFFSET,
                                Long.toString(origin.offset()),
                                Headers.RUN,
                                run,
                                Headers.VALUE_OMITTED,
                                valueOmitted ? "true" : null,
                                Headers.FORMAT,
                                WireFormat.CURRENT));
    }

    /**
     * Reads a record; empty where it lacks the headers that the job adds, or they are malformed.
     *
     * @throws IllegalArgumentException where the format is not readable
     */
    public static Optional<RejectedMessage> decode(WireRecord record) {
        RecordHeaders headers = record.headers();
        int first = added(headers);
        if (first < 0) {
            return Optional.empty();
        }
        RecordHeaders own = tail(headers, first);
        WireFormat.requireReadable(own);
        String reason = own.text(Headers.REASON);
        if (!own.text(Headers.PARTITION).matches("\\d{1,9}")
                || !own.text(Headers.OFFSET).matches("\\d{1,18}")) {
            return Optional.empty();
        }
        boolean omitted = own.text(Headers.FORMAT) == null
                ? record.value() == null && reason.contains(SIZE_OPTION)
                : "true".equals(own.text(Headers.VALUE_OMITTED));
        return Optional.of(new RejectedMessage(
                new WireRecord(record.key(), record.value(), headers.first(first)),
                reason,
                new RecordPosition(
                        own.text(Headers.TOPIC),
                        Math.toIntExact(own.number(Headers.PARTITION)),
                        own.number(Headers.OFFSET)),
                own.text(Headers.RUN),
                omitted));
    }

    /** Index of the first header that the job added; −1 where it added none. */
    private static int added(RecordHeaders headers) {
        int end = headers.size();
        for (int i = OPTIONAL.size() - 1; i >= 0 && end > REQUIRED.size(); i--) {
            if (headers.name(end - 1).equals(OPTIONAL.get(i))) {
                end--;
            }
        }
        int first = end - REQUIRED.size();
        for (int i = 0; first >= 0 && i < REQUIRED.size(); i++) {
            if (!headers.name(first + i).equals(REQUIRED.get(i)) || headers.value(first + i) == null) {
                return -1;
            }
        }
        return first < 0 ? -1 : first;
    }

    private static RecordHeaders tail(RecordHeaders headers, int from) {
        String[] names = new String[headers.size() - from];
        byte[][] values = new byte[names.length][];
        for (int i = 0; i < names.length; i++) {
            names[i] = headers.name(from + i);
            values[i] = headers.value(from + i);
        }
        return new RecordHeaders(names, values);
    }

    /**
     * The message that fits into a record of at most the given number of bytes: without the value, or without key, value and headers of the
     * sender, where it does not; the reason then says so. The coordinates still find the original.
     */
    public WireRecord encodeWithin(long maxBytes) {
        WireRecord whole = encode();
        if (whole.bytes() <= maxBytes) {
            return whole;
        }
        WireRecord bare = without("the value)", new WireRecord(original.key(), null, original.headers()));
        return bare.bytes() <= maxBytes
                ? bare
                : without("key, value and headers)", new WireRecord((byte[]) null, null, RecordHeaders.NONE));
    }

    private WireRecord without(String what, WireRecord kept) {
        String text = reason + " (left out here, as it exceeds " + SIZE_OPTION + ": " + what;
        return new RejectedMessage(kept, text, origin, run, true).encode();
    }
}
