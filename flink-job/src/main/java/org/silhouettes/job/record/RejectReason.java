package org.silhouettes.job.record;

import java.util.Locale;
import org.silhouettes.wire.message.MessageException;

/** Kinds of reasons for which a record is rejected; each has a counter, and its name starts the reason's text. */
public enum RejectReason {
    /** The key is no model name: missing, empty, too long or not UTF-8. */
    MODEL_NAME,
    /** There is no value: a tombstone, or no bytes. */
    NO_IMAGE,
    /** The content type is missing or none that is taken. */
    CONTENT_TYPE,
    /** A header is missing, malformed or too long. */
    HEADER,
    /** The bytes are not the picture they claim to be, or one over the limits. */
    PICTURE,
    /** The image has another shape than its model, or than the channel option can take. */
    SHAPE,
    /** The model would not fit into memory, or a group of it into a record. */
    MODEL_SIZE,
    /** The model failed at an earlier image, or at this one, and learns no more. */
    MODEL_STOPPED,
    /** The subtask has as many models as are allowed. */
    MODEL_COUNT,
    /** A control record is malformed, has a command that is not supported, or no model to act on. */
    CONTROL,
    /** The label of an earlier image has no id or no text, has a value, or belongs to no image that waits. */
    LABEL,
    /** The model was learned with other settings, of those that cannot change. */
    SETTINGS;

    /** Lower-case with dashes, as it stands on the wire and in metrics. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The reason of a record that is no message. */
    public static RejectReason of(MessageException.Fault fault) {
        return valueOf(fault.name());
    }
}
