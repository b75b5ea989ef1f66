package org.silhouettes.wire.message;

import java.util.List;
import org.silhouettes.wire.Headers;
import org.silhouettes.wire.RecordHeaders;
import org.silhouettes.wire.WireRecord;

/**
 * A record of the topic {@code silhouettes}: a contact sheet of one group's atoms, or of the classes.
 *
 * @param group the group whose atoms are shown; −1 for a sheet of the classes
 * @param labels the classes that are shown, in order
 * @param labelCount classes that there are
 */
@SuppressWarnings("ArrayRecordComponent")
public record SilhouetteMessage(ModelVersion of, int group, List<String> labels, int labelCount, byte[] png) {

    /** A sheet of one group's atoms. */
    public static SilhouetteMessage atoms(ModelVersion of, int group, byte[] png) {
        return new SilhouetteMessage(of, group, List.of(), 0, png);
    }

    /** A sheet of the first classes. */
    public static SilhouetteMessage classes(ModelVersion of, List<String> labels, int labelCount, byte[] png) {
        return new SilhouetteMessage(of, -1, labels, labelCount, png);
    }

    /** Whether it shows the classes, not a group's atoms. */
    public boolean isOfClasses() {
        return group < 0;
    }

    /** The value of the header {@code kind}. */
    public String kind() {
        return isOfClasses() ? Headers.CLASSES : Headers.ATOMS;
    }

    /** The record on Kafka. */
    public WireRecord encode() {
        RecordHeaders headers = of.headers().with(Headers.KIND, kind());
        headers = isOfClasses()
                ? headers.with(
                        Headers.LABELS, MessageJson.text(labels), Headers.OF_LABELS, Integer.toString(labelCount))
                : headers.with(Headers.GROUP, Integer.toString(group));
        return new WireRecord(of.model(), png, headers);
    }

    /**
     * Reads a record.
     *
     * @throws IllegalArgumentException where a header is missing or malformed
     */
    public static SilhouetteMessage decode(WireRecord record) {
        RecordHeaders headers = record.headers();
        ModelVersion of = ModelVersion.of(headers);
        String kind = headers.required(Headers.KIND);
        return switch (kind) {
            case Headers.ATOMS -> atoms(of, Math.toIntExact(headers.number(Headers.GROUP)), record.value());
            case Headers.CLASSES ->
                classes(
                        of,
                        List.of(MessageJson.read(
                                headers.required(Headers.LABELS).getBytes(java.nio.charset.StandardCharsets.UTF_8),
                                String[].class,
                                "header " + Headers.LABELS)),
                        Math.toIntExact(headers.number(Headers.OF_LABELS)),
                        record.value());
            default ->
                throw new IllegalArgumentException("header kind is \"" + kind + "\": " + Headers.ATOMS + " or "
                        + Headers.CLASSES + " is expected");
        };
    }
}
