package org.silhouettes.wire.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.silhouettes.wire.Headers;
import org.silhouettes.wire.RecordHeaders;
import org.silhouettes.wire.WireFormat;
import org.silhouettes.wire.WireRecord;
import org.silhouettes.wire.message.MessageException.Fault;

/** A record of the topic {@code images}, told apart by the header {@code content-type}. */
public sealed interface InputMessage permits ImageMessage, LabelMessage, ControlMessage {

    /** Name of the model. */
    String model();

    /** The record on Kafka. */
    WireRecord encode();

    /**
     * Reads a record.
     *
     * @throws MessageException for every reason that lies in key, headers and the presence of a value; pictures are not decoded
     */
    static InputMessage decode(WireRecord record, HeaderTexts texts) throws MessageException {
        String model = texts.model(record.key());
        RecordHeaders headers = record.headers();
        try {
            WireFormat.requireReadable(headers);
        } catch (IllegalArgumentException e) {
            throw new MessageException(Fault.HEADER, e.getMessage());
        }
        String type = contentType(headers.last(Headers.CONTENT_TYPE));
        if (Headers.CONTROL.equals(type)) {
            return ControlMessage.decode(model, record.value());
        }
        return Headers.LATE_LABEL.equals(type)
                ? LabelMessage.decode(model, record, texts)
                : ImageMessage.decode(model, type, record, texts);
    }

    /** Type and subtype in lower case; parameters do not matter here. */
    private static String contentType(byte[] bytes) {
        if (bytes == null) {
            return null;
        }
        if (Arrays.equals(bytes, ImageMessage.RAW)) {
            return Headers.RAW;
        }
        String text = new String(bytes, 0, Math.min(bytes.length, 100), StandardCharsets.UTF_8);
        int parameters = text.indexOf(';');
        return (parameters < 0 ? text : text.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
    }
}
