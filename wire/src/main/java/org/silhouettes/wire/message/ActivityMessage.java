package org.silhouettes.wire.message;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.silhouettes.wire.RecordHeaders;
import org.silhouettes.wire.WireFormat;
import org.silhouettes.wire.WireRecord;

/**
 * A record of the topic {@code activity}: the statistics of a model at one version. Unwrapped components are fields of the one
 * JSON object; a number that is not finite, like any field without a value, is left out.
 *
 * @param window images learned from since the last report, or null
 * @param unlearnedWindow images encoded but not learned from since the last report, or null
 */
public record ActivityMessage(
        @JsonUnwrapped Progress progress,
        @JsonUnwrapped Outline outline,
        Window window,
        Window unlearnedWindow,
        @JsonUnwrapped Training training,
        @JsonUnwrapped Activity activity,
        @JsonUnwrapped Events events) {

    /**
     * How far the model has come.
     *
     * @param version −1 while the model warms up
     * @param learned images learned from
     * @param encoded images encoded, learned from or not
     * @param unencoded images that were not to be learned from and came before there was a dictionary
     * @param emittedAtMillis wall-clock time, milliseconds since 1970
     */
    public record Progress(
            String model,
            @JsonProperty(required = true) long version,
            long learned,
            long encoded,
            long unencoded,
            long emittedAtMillis) {}

    /**
     * Shapes and settings.
     *
     * @param groups null while the model warms up, as {@code groupSize}
     * @param phase {@code warm-up} or {@code learning}
     * @param warmUp null once the model learns
     * @param settings the settings that matter for learning, by option key
     */
    public record Outline(
            Image image,
            Integer groups,
            Integer groupSize,
            String phase,
            WarmUp warmUp,
            String settingsHash,
            Map<String, String> settings) {

        /** The two phases of a model. */
        public static final String WARM_UP = "warm-up";

        public static final String LEARNING = "learning";
    }

    /** Shape of the images. */
    public record Image(int height, int width, int channels) {}

    /** Images collected for the first dictionary, and how many it needs. */
    public record WarmUp(long images, long of) {}

    /** Means over the images of a window, see the statistics of {@code core}. */
    public record Window(
            long images,
            Double mse,
            Double mseOfMean,
            Double objective,
            Double activeGroups,
            Double activeUnits,
            Double silentImages,
            Double groupAccuracy,
            Double nmi) {}

    /** How the model learns; no field while it warms up. */
    public record Training(
            Double step,
            Double lambda,
            Double lipschitz,
            Double blockCoherence,
            Long revivedAtoms,
            Long revivedGroups) {

        /** Of a model that warms up. */
        public static final Training NONE = new Training(null, null, null, null, null, null);
    }

    /**
     * Which groups and units are active.
     *
     * @param unit null where the record is without the activity by unit
     * @param classesLeftOut classes that are not in the record, or null
     */
    public record Activity(Groups group, Units unit, List<ClassActivity> classes, Integer classesLeftOut) {}

    /** By group, [groups] each. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Groups(
            @JsonSerialize(using = Decimals.class) float[] share,
            @JsonSerialize(using = Decimals.class) float[] active,
            @JsonSerialize(using = Decimals.class) float[] energy) {}

    /** By unit, [groups * groupSize]. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Units(@JsonSerialize(using = Decimals.class) float[] active) {}

    /**
     * Of one class.
     *
     * @param unitActivity null where the record is without the activity by unit
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record ClassActivity(
            String label,
            long images,
            long windowImages,
            @JsonSerialize(using = Decimals.class) float[] groupNorm,
            @JsonSerialize(using = Decimals.class) float[] unitActivity,
            @JsonSerialize(using = Decimals.class) float[] strongest) {}

    /** What happened to the model's records; {@code marks} is null where nothing was marked. */
    public record Events(LateLabels lateLabels, long rejected, List<Mark> marks) {}

    /** Labels that came later than their images. */
    public record LateLabels(long joined, long unmatched, long imagesWaiting) {}

    /**
     * A drift that was detected, or new groups.
     *
     * @param kind {@code drift}
     * @param signal what changed: {@code error}, {@code use} or {@code groups}; null in records of format 1.0
     * @param detail what was seen, for a reader
     */
    public record Mark(long version, String kind, String detector, String signal, String detail) {}

    /** A number that is left out where it is not finite. */
    public static Double number(double value) {
        return MessageJson.finite(value);
    }

    /** Whether the activity by unit is in it. */
    public boolean hasUnits() {
        return activity.unit() != null
                && activity.unit().active() != null
                && activity.unit().active().length > 0;
    }

    /** The same without the arrays by group, unit and class, and the marks. */
    public ActivityMessage brief() {
        return new ActivityMessage(
                progress,
                outline,
                window,
                unlearnedWindow,
                training,
                null,
                new Events(events.lateLabels(), events.rejected(), null));
    }

    /** The same without shapes and settings. */
    public ActivityMessage withoutOutline() {
        return new ActivityMessage(progress, null, window, unlearnedWindow, training, activity, events);
    }

    /** The settings that matter for learning, by option key; empty where the record has none. */
    public Map<String, String> settings() {
        return outline.settings() == null ? Map.of() : outline.settings();
    }

    /** The JSON. */
    public byte[] json() {
        return MessageJson.bytes(this);
    }

    /** Writes the JSON, and fails where the stream does: a bounded one keeps the memory within its bound. */
    public void writeJson(OutputStream out) throws IOException {
        MessageJson.write(this, out);
    }

    /** The record on Kafka with JSON that {@link #writeJson} has written. */
    public WireRecord encode(String run, byte[] json) {
        return new WireRecord(progress.model(), json, headers(run));
    }

    private RecordHeaders headers(String run) {
        return new ModelVersion(progress.model(), run, progress.version()).headers();
    }

    /**
     * Reads a record's JSON.
     *
     * @throws IllegalArgumentException where it is no such JSON
     */
    public static ActivityMessage parse(byte[] json) {
        return MessageJson.read(json, ActivityMessage.class, "an activity record");
    }

    /**
     * Reads a record.
     *
     * @throws IllegalArgumentException where it is no such JSON
     */
    public static ActivityMessage decode(WireRecord record) {
        WireFormat.requireReadable(record.headers());
        return parse(record.value());
    }

    /** The run that a record belongs to. */
    public static String run(WireRecord record) {
        return ModelVersion.run(record.headers());
    }
}
