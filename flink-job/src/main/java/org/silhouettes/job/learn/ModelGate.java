package org.silhouettes.job.learn;

import org.silhouettes.core.initialisation.Initialiser;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.job.record.ChannelMode;
import org.silhouettes.job.record.ImageRecord;
import org.silhouettes.job.record.RejectReason;
import org.silhouettes.job.record.Rejection;

/** Checks whether a model may accept a record. */
final class ModelGate {

    private final LearningSettings settings;

    ModelGate(LearningSettings settings) {
        this.settings = settings;
    }

    /** Checks that a model that starts with this image can be held in memory and emitted. */
    void checkNew(ImageRecord image) throws Rejection {
        ImageShape shape = image.shape();
        long group = (long) settings.learner().groupSize() * shape.values() * Float.BYTES
                + 1024
                + 6L * image.model().length();
        if (group > settings.reports().maxRecordBytes()) {
            throw new Rejection(
                    RejectReason.MODEL_SIZE,
                    "a group of " + settings.learner().groupSize() + " atoms of " + shape + " needs a record of "
                            + group
                            + " bytes, at most " + settings.reports().maxRecordBytes()
                            + " are allowed: send smaller images, or start the job with a smaller model.group-size or"
                            + " a larger output.max-record-bytes (and broker limit)");
        }
        double bytes = ModelSize.peakBytes(shape, settings);
        if (bytes > settings.models().cacheBytes()) {
            int groups = settings.learner().groups();
            throw new Rejection(
                    RejectReason.MODEL_SIZE,
                    "a model of " + (groups == 0 ? Initialiser.AUTO_GROUPS : groups) + " groups of "
                            + settings.learner().groupSize()
                            + " atoms of " + shape + " with a warm-up of "
                            + settings.learner().initialisation().warmUpImages() + " images takes "
                            + (bytes < 1e15 ? "up to " + (long) Math.ceil(bytes / 1e6) + " MB" : "too long arrays")
                            + ", a subtask has " + settings.models().cacheBytes() / 1_000_000
                            + " MB for models"
                            + ": send smaller images, or start the job with smaller model.groups, model.group-size,"
                            + " model.batch or init.warm-up, or a larger models.cache-bytes");
        }
    }

    /**
     * Checks that the label of an earlier image can be accepted.
     *
     * @param known whether there is a model of that name
     */
    void checkLabel(boolean known, ImageRecord label) throws Rejection {
        if (settings.stream().waitForLabels() == 0) {
            throw new Rejection(
                    RejectReason.LABEL,
                    "late labels are disabled (labels.wait-for is 0): send the label in the image's header, or start the"
                            + " job with a larger labels.wait-for");
        }
        if (!known) {
            throw new Rejection(
                    RejectReason.LABEL,
                    "model \"" + label.model() + "\" has no image yet: send the image before its label, under the same"
                            + " model name");
        }
    }

    /**
     * Checks that there is a model to delete.
     *
     * @param known whether there is a model of that name
     */
    void checkDelete(boolean known, ImageRecord control) throws Rejection {
        if (!known) {
            throw new Rejection(
                    RejectReason.CONTROL,
                    "model \"" + control.model() + "\" does not exist, nothing was deleted: give the key under which"
                            + " the model's images were sent"
                            + (settings.channels() == ChannelMode.SPLIT
                                    ? " (image.channels=split adds .red, .green and .blue)"
                                    : ""));
        }
    }

    /** Whether a model accepts an image. */
    boolean admits(ModelOutline model, ImageRecord image) {
        return mismatch(model, image.model()) == null && model.image().equals(image.shape());
    }

    /**
     * Checks an image against its model.
     *
     * @return true if the model has to be reset first
     */
    boolean mustReset(ModelOutline model, ImageRecord image) throws Rejection {
        String mismatch = mismatch(model, image.model());
        if (mismatch != null) {
            if (settings.models().onMismatch() == OnMismatch.RESET) {
                checkNew(image);
                return true;
            }
            throw new Rejection(
                    RejectReason.SETTINGS,
                    mismatch + ": send the images under a new model name, or restart the job with the old value, or"
                            + " with model.on-mismatch=reset to throw the old model away");
        }
        ImageShape shape = model.image();
        if (shape.equals(image.shape())) {
            return false;
        }
        int values = image.samples().length;
        throw new Rejection(
                RejectReason.SHAPE,
                "image has " + values + " values (" + image.shape() + "), model \"" + image.model() + "\" expects "
                        + shape.values() + " (" + shape + "): send it under another model name or resize it");
    }

    /** The setting that no longer allows the model, with both values; null if there is none. */
    private String mismatch(ModelOutline model, String name) {
        String channels = settings.channels().label();
        if (!channels.equals(model.channels())) {
            return "image.channels is " + channels + ", model \"" + name + "\" was learned with " + model.channels();
        }
        if (model.warmingUp()) {
            return null;
        }
        int groups = settings.learner().groups();
        if (groups != 0 && groups != model.groups()) {
            return "model.groups is " + groups + ", model \"" + name + "\" was learned with " + model.groups();
        }
        int groupSize = settings.learner().groupSize();
        if (groupSize != model.groupSize()) {
            return "model.group-size is " + groupSize + ", model \"" + name + "\" was learned with "
                    + model.groupSize();
        }
        return null;
    }
}
