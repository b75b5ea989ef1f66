package org.silhouettes.wire;

/** Names of record headers; every value is UTF-8 text. */
public final class Headers {
    /** Bytes of a label or an id that a job takes unless its option {@code input.max-text-bytes} says otherwise. */
    public static final int MAX_TEXT_BYTES = 200;

    /**
     * {@code image/png}, {@code image/jpeg}, {@code application/x-raw-image}, {@code application/x-label} or
     * {@code application/x-control+json}.
     */
    public static final String CONTENT_TYPE = "content-type";

    public static final String PNG = "image/png";
    public static final String JPEG = "image/jpeg";
    public static final String RAW = "application/x-raw-image";
    /** No image: the label, in the headers, of an image that came without one. */
    public static final String LATE_LABEL = "application/x-label";

    /** No image: a command to the model, a JSON object with the field {@code command}. */
    public static final String CONTROL = "application/x-control+json";

    /** Size of a raw image in samples. */
    public static final String WIDTH = "width";

    public static final String HEIGHT = "height";
    public static final String CHANNELS = "channels";
    /** Class of the image, for the statistics alone. */
    public static final String LABEL = "label";
    /** The producer's name for the image. */
    public static final String ID = "id";
    /** {@code false}: encode and count the image, never learn from it. */
    public static final String LEARN = "learn";
    /** {@code true}: close the mini-batch after this image, however few it holds. */
    public static final String FLUSH = "flush";
    /** When the image was taken, ISO 8601 in UTC, of a replay in event time. */
    public static final String TAKEN = "taken";
    /** Which replay sent the record, and at which position of it: where an interrupted one resumes. */
    public static final String REPLAY = "replay";

    /** Version of the wire format, see {@link WireFormat}. */
    public static final String FORMAT = "format";

    public static final String MODEL = "model";
    public static final String VERSION = "version";
    /** Id of the model's run, see {@link RunId}. */
    public static final String RUN = "run";

    public static final String GROUPS = "groups";
    public static final String GROUP = "group";
    public static final String IMAGES = "images";
    public static final String SETTINGS_HASH = "settings-hash";
    public static final String SHA256 = "sha256";
    /** Kind of a silhouettes record: {@code atoms} or {@code classes}. */
    public static final String KIND = "kind";

    public static final String ATOMS = "atoms";
    public static final String CLASSES = "classes";
    /** Labels of a {@code classes} picture in their order, a JSON array. */
    public static final String LABELS = "labels";
    /** How many classes there are, of which {@link #LABELS} names those on the sheet. */
    public static final String OF_LABELS = "of-labels";
    /** Value of {@link #GROUP} (and last part of the key) of the dictionaries record that holds the mean image. */
    public static final String MEAN = "mean";

    /** Why and where a rejected record came from. */
    public static final String REASON = "reason";

    public static final String TOPIC = "topic";
    public static final String PARTITION = "partition";
    public static final String OFFSET = "offset";
    /** {@code true}: the job left out the value of the rejected record because of its size. */
    public static final String VALUE_OMITTED = "value-omitted";

    private Headers() {}
}
