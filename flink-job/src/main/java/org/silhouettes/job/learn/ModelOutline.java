package org.silhouettes.job.learn;

import java.io.IOException;
import java.util.Set;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.silhouettes.core.state.Binary;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.job.record.ImageRecord;

/**
 * What has to be known of a model to decide whether it may take an image, and whether the image can wait for it outside of
 * memory. Persisted big-endian:
 *
 * <pre>
 * version 1
 *   uint8    format version, 1
 *   int32×3  image height, width, channels
 *   text     channel mode that the model was started in, behind its int32 length
 *   int32×2  groups, atoms of a group
 *   int32×3  images in the warm-up, in the mini-batch, in the batch never to be learned from
 *   uint8    1 where a timer is set
 * </pre>
 *
 * @param image shape of the model's images
 * @param channels the channel mode that the model was started in
 * @param groups groups of the dictionary, 0 during warm-up
 * @param groupSize atoms of a group, 0 during warm-up
 * @param warmUp images that wait for the initialisation
 * @param pending images that wait for the mini-batch to be full
 * @param pendingUnlearned the same of images marked never to be learned from
 * @param timerSet whether a timer is set that will flush the mini-batch
 */
public record ModelOutline(
        ImageShape image,
        String channels,
        int groups,
        int groupSize,
        int warmUp,
        int pending,
        int pendingUnlearned,
        boolean timerSet) {

    /** The version that is written. */
    public static final int VERSION = 1;

    /** Images of the warm-up from one activity record to the next, once there are enough. */
    private static final int WARM_UP_REPORT = 500;

    private static final Set<Integer> WARM_UP_FIRST_REPORTS = Set.of(1, 10, 100);

    boolean warmingUp() {
        return groups == 0;
    }

    /** Images in the warm-up and in the mini-batches. */
    int buffered() {
        return warmUp + pending + pendingUnlearned;
    }

    /** Whether an activity record is emitted at this number of warm-up images: the first one announces a model at once. */
    static boolean warmUpReportDue(int images) {
        return images > 0 && images % WARM_UP_REPORT == 0 || WARM_UP_FIRST_REPORTS.contains(images);
    }

    /**
     * Whether the model would only buffer the image: it fills no mini-batch and no warm-up, makes no report due and asks
     * for none.
     */
    boolean onlyBuffers(ImageRecord next, LearningSettings settings) {
        if (next.flush() || warmingUp() && !next.learn()) {
            return false;
        }
        if (warmingUp()) {
            return warmUp + 1 < settings.learner().initialisation().warmUpImages() && !warmUpReportDue(warmUp + 1);
        }
        return (next.learn() ? pending : pendingUnlearned) + 1
                < settings.learner().batch();
    }

    /** The same with one more image buffered. */
    ModelOutline with(ImageRecord next) {
        return new ModelOutline(
                image,
                channels,
                groups,
                groupSize,
                warmUp + (warmingUp() ? 1 : 0),
                pending + (!warmingUp() && next.learn() ? 1 : 0),
                pendingUnlearned + (next.learn() ? 0 : 1),
                timerSet);
    }

    ModelOutline withTimer() {
        return new ModelOutline(image, channels, groups, groupSize, warmUp, pending, pendingUnlearned, true);
    }

    /** The persisted form. */
    public byte[] toBytes() throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        out.writeByte(VERSION);
        out.writeInt(image.height());
        out.writeInt(image.width());
        out.writeInt(image.channels());
        Binary.writeText(out, channels);
        out.writeInt(groups);
        out.writeInt(groupSize);
        out.writeInt(warmUp);
        out.writeInt(pending);
        out.writeInt(pendingUnlearned);
        out.writeBoolean(timerSet);
        return out.getCopyOfBuffer();
    }

    /** @throws IOException where the version is unknown or the bytes are damaged */
    public static ModelOutline fromBytes(byte[] bytes) throws IOException {
        return StateBytes.read("model outline", VERSION, bytes, ModelOutline::read);
    }

    private static ModelOutline read(DataInputDeserializer in) throws IOException {
        ImageShape image = new ImageShape(in.readInt(), in.readInt(), in.readInt());
        String channels = Binary.readText(in);
        return new ModelOutline(
                image,
                channels,
                in.readInt(),
                in.readInt(),
                in.readInt(),
                in.readInt(),
                in.readInt(),
                in.readBoolean());
    }
}
