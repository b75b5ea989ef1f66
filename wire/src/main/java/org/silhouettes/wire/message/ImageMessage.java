package org.silhouettes.wire.message;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.silhouettes.wire.Headers;
import org.silhouettes.wire.RecordHeaders;
import org.silhouettes.wire.WireFormat;
import org.silhouettes.wire.WireRecord;
import org.silhouettes.wire.message.MessageException.Fault;

/**
 * An image to learn from or to encode.
 *
 * @param label its class, for the statistics alone, or null
 * @param id the producer's name for it, or null
 * @param learn false: encode and count it, never learn from it
 * @param flush close the mini-batch after it
 */
public record ImageMessage(
        String model, ImageContent content, String label, String id, boolean learn, boolean flush, Replayed replayed)
        implements InputMessage {

    static final byte[] RAW = Headers.RAW.getBytes(StandardCharsets.UTF_8);

    private static final String EXPECTED = Headers.PNG + ", " + Headers.JPEG + ", " + Headers.RAW
            + " or, for a label that comes later than its image, " + Headers.LATE_LABEL + " is expected";

    /**
     * What a replay notes on its records; the job does not read it.
     *
     * @param taken when the image was taken, or null
     * @param mark which replay sent the record and at which position, or null
     */
    public record Replayed(Instant taken, String mark) {

        /** Of a record that no replay sent. */
        public static final Replayed NONE = new Replayed(null, null);

        /** The mark of a record of the images topic. */
        public static Optional<String> mark(WireRecord record) {
            return Optional.ofNullable(record.headers().text(Headers.REPLAY));
        }
    }

    @Override
    public WireRecord encode() {
        ImageContent.Size size = content.size();
        return new WireRecord(
                model,
                content.bytes(),
                RecordHeaders.of(
                        Headers.CONTENT_TYPE,
                        content.type(),
                        Headers.WIDTH,
                        size == null ? null : Integer.toString(size.width()),
                        Headers.HEIGHT,
                        size == null ? null : Integer.toString(size.height()),
                        Headers.CHANNELS,
                        size == null ? null : Integer.toString(size.channels()),
                        Headers.LEARN,
                        learn ? null : "false",
                        Headers.ID,
                        id,
                        Headers.REPLAY,
                        replayed.mark(),
                        Headers.LABEL,
                        label,
                        Headers.TAKEN,
                        replayed.taken() == null ? null : replayed.taken().toString(),
                        Headers.FLUSH,
                        flush ? "true" : null,
                        Headers.FORMAT,
                        WireFormat.CURRENT));
    }

    static ImageMessage decode(String model, String type, WireRecord record, HeaderTexts texts)
            throws MessageException {
        byte[] value = record.value();
        RecordHeaders headers = record.headers();
        if (value == null) {
            throw new MessageException(Fault.NO_IMAGE, "the value is null, a tombstone: send an image");
        }
        String label = texts.text(headers, Headers.LABEL, true);
        String id = texts.text(headers, Headers.ID, false);
        boolean learn = HeaderTexts.flag(headers, Headers.LEARN, true);
        boolean flush = HeaderTexts.flag(headers, Headers.FLUSH, false);
        if (value.length == 0) {
            throw new MessageException(Fault.NO_IMAGE, "the value is empty: send an image");
        }
        if (type == null) {
            throw new MessageException(Fault.CONTENT_TYPE, "header content-type is missing: " + EXPECTED);
        }
        if (!ImageContent.isImage(type)) {
            throw new MessageException(
                    Fault.CONTENT_TYPE, "content type is " + HeaderTexts.quoted(type) + ": " + EXPECTED);
        }
        ImageContent content = type.equals(Headers.RAW)
                ? ImageContent.raw(
                        value,
                        HeaderTexts.number(headers, Headers.WIDTH),
                        HeaderTexts.number(headers, Headers.HEIGHT),
                        HeaderTexts.number(headers, Headers.CHANNELS))
                : ImageContent.file(type, value);
        // the job does not read what a replay notes, so it makes no strings of it
        return new ImageMessage(model, content, label, id, learn, flush, Replayed.NONE);
    }
}
