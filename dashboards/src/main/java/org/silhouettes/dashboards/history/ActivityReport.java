package org.silhouettes.dashboards.history;

import java.util.List;
import org.silhouettes.wire.message.ActivityMessage;

/**
 * One record of the {@code activity} topic.
 *
 * @param model the record's key
 * @param run see {@link org.silhouettes.wire.RunId}
 * @param atMillis time of the record in Kafka
 * @param raw the JSON text as it came
 */
@SuppressWarnings("ArrayRecordComponent")
public record ActivityReport(String model, String run, ActivityMessage message, long atMillis, byte[] raw) {

    private static final int MAX_MARKS = 200;
    private static final int MAX_MARK_TEXT = 500;

    /** Something that happened to the model: a drift, new groups. */
    public record Mark(long version, String kind, String detector, String detail) {}

    /**
     * Reads a record's value.
     *
     * @throws IllegalArgumentException where it is no activity message
     */
    public static ActivityReport parse(String model, String run, long atMillis, byte[] value) {
        return new ActivityReport(model, run, ActivityMessage.parse(value), atMillis, value);
    }

    /** −1 while the model warms up. */
    long version() {
        return message.progress().version();
    }

    long learned() {
        return message.progress().learned();
    }

    long emittedAtMillis() {
        return message.progress().emittedAtMillis();
    }

    boolean isWarmUp() {
        return version() < 0;
    }

    /** Share of images whose strongest group it is, [groups]; empty where absent. */
    float[] groupShare() {
        ActivityMessage.Groups group = message.activity().group();
        return group == null || group.share() == null ? new float[0] : group.share();
    }

    List<Mark> marks() {
        List<ActivityMessage.Mark> marks = message.events().marks();
        return marks == null
                ? List.of()
                : marks.stream().limit(MAX_MARKS).map(ActivityReport::mark).toList();
    }

    private static Mark mark(ActivityMessage.Mark mark) {
        return new Mark(mark.version(), text(mark.kind(), "mark"), text(mark.detector(), ""), text(mark.detail(), ""));
    }

    private static String text(String text, String otherwise) {
        return text == null ? otherwise : text.substring(0, Math.min(text.length(), MAX_MARK_TEXT));
    }
}
