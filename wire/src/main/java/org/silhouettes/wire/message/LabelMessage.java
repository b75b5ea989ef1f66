package org.silhouettes.wire.message;

import org.silhouettes.wire.Headers;
import org.silhouettes.wire.RecordHeaders;
import org.silhouettes.wire.WireFormat;
import org.silhouettes.wire.WireRecord;
import org.silhouettes.wire.message.MessageException.Fault;

/**
 * The label of an earlier image that came without one.
 *
 * @param id the image's
 * @param replayed what a replay notes; the job does not read it
 */
public record LabelMessage(String model, String label, String id, ImageMessage.Replayed replayed)
        implements InputMessage {

    private static final byte[] NO_VALUE = new byte[0];

    @Override
    public WireRecord encode() {
        return new WireRecord(
                model,
                NO_VALUE,
                RecordHeaders.of(
                        Headers.CONTENT_TYPE,
                        Headers.LATE_LABEL,
                        Headers.ID,
                        id,
                        Headers.LABEL,
                        label,
                        Headers.REPLAY,
                        replayed.mark(),
                        Headers.FORMAT,
                        WireFormat.CURRENT));
    }

    /** Whether a record of the images topic is a label alone. */
    public static boolean is(WireRecord record) {
        return Headers.LATE_LABEL.equals(record.headers().text(Headers.CONTENT_TYPE));
    }

    static LabelMessage decode(String model, WireRecord record, HeaderTexts texts) throws MessageException {
        String label = texts.text(record.headers(), Headers.LABEL, true);
        String id = texts.text(record.headers(), Headers.ID, false);
        if (label == null || id == null) {
            throw new MessageException(
                    Fault.LABEL,
                    "header " + (label == null ? Headers.LABEL : Headers.ID)
                            + " is missing or empty: the label of an earlier image needs both its text (label) and the"
                            + " image's id");
        }
        if (record.value() != null && record.value().length > 0) {
            throw new MessageException(
                    Fault.LABEL,
                    "the value has " + record.value().length + " bytes, content type " + Headers.LATE_LABEL
                            + " has none: send an image with its own content type");
        }
        return new LabelMessage(model, label, id, ImageMessage.Replayed.NONE);
    }
}
