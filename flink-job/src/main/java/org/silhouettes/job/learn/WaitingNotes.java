package org.silhouettes.job.learn;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.silhouettes.core.state.LearnerState;
import org.silhouettes.core.state.StreamImage;

/**
 * Late labels and rejected images of models that are out of memory, in keyed state; methods refer to the current key.
 *
 * <p>Both change statistics only, so a model of megabytes is not loaded for them. They are applied when the model is loaded next,
 * with the same result as in memory: a label sees the images that were buffered when it arrived, and no later ones.
 */
final class WaitingNotes {

    /** Maximum number of waiting labels of a model; one more loads the model. */
    static final int MAX_LABELS = 1000;

    private static final int MAX_LABEL_BYTES = 1 << 16;

    private final ListState<byte[]> labels;
    private final ValueState<byte[]> counts;

    WaitingNotes(KeyedStateStore store) {
        this.labels = store.getListState(
                new ListStateDescriptor<>("waiting-labels", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
        this.counts = store.getState(
                new ValueStateDescriptor<>("waiting-counts", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    }

    /** A loaded model, and the numbers of labels that belong to an image and that do not. */
    record Applied(ModelState state, int joined, int unmatched) {}

    /**
     * Keeps a label.
     *
     * @return false if too many labels wait: the model has to be loaded
     */
    boolean label(WaitingLabel label) throws Exception {
        WaitingCounts before = counts();
        byte[] bytes = label.toBytes();
        if (before.labels() >= MAX_LABELS || before.labelBytes() + bytes.length > MAX_LABEL_BYTES) {
            return false;
        }
        labels.add(bytes);
        counts.update(before.withLabel(bytes.length).toBytes());
        return true;
    }

    /** Counts an image that the model rejected. */
    void refused() throws Exception {
        counts.update(counts().withRefused().toBytes());
    }

    /**
     * Applies all notes to their model and clears them.
     *
     * @param model without the waiting images; its activity and labels are updated
     * @param images the waiting images, in order
     * @param maxLabels maximum number of images of the model that wait for a label
     * @return the model with the waiting images
     */
    Applied apply(ModelState model, List<StreamImage> images, int maxLabels) throws Exception {
        ModelState whole = images.isEmpty() ? model : model.withBuffered(images);
        WaitingCounts waiting = counts();
        if (waiting.equals(WaitingCounts.NONE)) {
            return new Applied(whole, 0, 0);
        }
        model.labels().most(maxLabels);
        int joined = 0;
        Buffered buffered = new Buffered(model.learner(), images);
        List<WaitingLabel> inOrder = labels();
        for (WaitingLabel label : inOrder) {
            buffered.until(label.buffered());
            if (model.labels().label(label.id(), label.label(), model.activity(), buffered.unlabelled::contains)) {
                joined++;
            }
        }
        clear();
        return new Applied(whole.withRejected(waiting.refused()), joined, inOrder.size() - joined);
    }

    void clear() {
        labels.clear();
        counts.clear();
    }

    private WaitingCounts counts() throws Exception {
        byte[] bytes = counts.value();
        return bytes == null ? WaitingCounts.NONE : WaitingCounts.fromBytes(bytes);
    }

    private List<WaitingLabel> labels() throws Exception {
        List<WaitingLabel> list = new ArrayList<>();
        for (byte[] bytes : labels.get()) {
            list.add(WaitingLabel.fromBytes(bytes));
        }
        return list;
    }

    /** Ids of the images without a label that were buffered at a given time. */
    private static final class Buffered {
        private final Set<String> unlabelled = new HashSet<>();
        private final List<StreamImage> later;
        private final int before;
        private int taken;

        Buffered(LearnerState model, List<StreamImage> later) {
            model.buffers().warmUp().forEach(this::add);
            model.buffers().pending().forEach(this::add);
            model.buffers().unlearned().forEach(this::add);
            this.before = model.buffers().warmUp().size()
                    + model.buffers().pending().size()
                    + model.buffers().unlearned().size();
            this.later = later;
        }

        void until(int images) throws IOException {
            if (images > before + later.size()) {
                throw new IOException("waiting label is damaged: it came after " + images
                        + " buffered images, the model" + " has " + (before + later.size()));
            }
            while (before + taken < images) {
                add(later.get(taken++));
            }
        }

        private void add(StreamImage image) {
            if (image.label() == null && image.id() != null) {
                unlabelled.add(image.id());
            }
        }
    }
}
