package org.silhouettes.job.learn;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.silhouettes.core.state.StreamImage;
import org.silhouettes.job.record.ImageRecord;

/**
 * Models in keyed state; methods refer to the current key.
 *
 * <p>A model has megabytes, an image a few hundred bytes, and all but the last image of a mini-batch are only buffered. So each
 * model has an outline that identifies such images, and a list to which they are appended while the model is out of memory. Late
 * labels and rejected images wait likewise, see {@link WaitingNotes}:
 *
 * <pre>
 *   models          key → {@link ModelState}      read and written as a whole, once per mini-batch
 *   model-outlines  key → {@link ModelOutline}    tens of bytes, once per image
 *   waiting-images  key → {@link WaitingImage}…   appended without reading
 *   waiting-labels  key → {@link WaitingLabel}…   appended without reading
 *   waiting-counts  key → {@link WaitingCounts}   tens of bytes, once per label or rejected image
 * </pre>
 *
 * <p>Loading a model applies everything that waits, with the same result as if the model had been in memory.
 */
public final class StoredModels {

    private final ValueState<ModelState> models;
    private final ValueState<byte[]> outlines;
    private final ListState<byte[]> waiting;
    private final WaitingNotes notes;
    private final int maxLabels;
    private final boolean copies;
    private final ModelStateSerializer copier = new ModelStateSerializer();

    /**
     * @param maxLabels maximum number of images of a model that wait for a label
     * @param copies whether the backend keeps references to the objects that it is given, so that they must be copied
     */
    StoredModels(KeyedStateStore store, int maxLabels, boolean copies) {
        this.models = store.getState(models());
        this.outlines = store.getState(
                new ValueStateDescriptor<>("model-outlines", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
        this.waiting = store.getListState(waitingImages());
        this.notes = new WaitingNotes(store);
        this.maxLabels = maxLabels;
        this.copies = copies;
    }

    /** State descriptor of the models. */
    public static ValueStateDescriptor<ModelState> models() {
        return new ValueStateDescriptor<>("models", new ModelStateSerializer());
    }

    /** Names of all models in the state of this subtask; the caller closes the stream. */
    static Stream<String> names(KeyedStateBackend<String> backend) {
        return backend.getKeys(models().getName(), VoidNamespace.INSTANCE);
    }

    /** State descriptor of the waiting images. */
    public static ListStateDescriptor<byte[]> waitingImages() {
        return new ListStateDescriptor<>("waiting-images", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
    }

    /** The state of a model with its waiting images. */
    public static ModelState together(ModelState model, Iterable<byte[]> waiting) throws IOException {
        List<StreamImage> images = images(waiting);
        return images.isEmpty() ? model : model.withBuffered(images);
    }

    private static List<StreamImage> images(Iterable<byte[]> waiting) throws IOException {
        List<StreamImage> images = new ArrayList<>();
        for (byte[] image : waiting) {
            images.add(WaitingImage.fromBytes(image));
        }
        return images;
    }

    /** The outline of the model with its waiting images; null without a model or with a model of an old savepoint. */
    ModelOutline outline() throws Exception {
        byte[] bytes = outlines.value();
        return bytes == null ? null : ModelOutline.fromBytes(bytes);
    }

    /** Appends a waiting image and updates the outline. */
    void keep(StreamImage image, ModelOutline outline) throws Exception {
        waiting.add(WaitingImage.toBytes(image));
        outlines.update(outline.toBytes());
    }

    /**
     * Appends the label of an earlier image.
     *
     * @return false if too many labels wait: the model has to be loaded
     */
    boolean keepLabel(ImageRecord label, ModelOutline outline) throws Exception {
        return notes.label(new WaitingLabel(outline.buffered(), label.id(), label.label()));
    }

    /** Counts an image that the model rejected. */
    void refused() throws Exception {
        notes.refused();
    }

    /**
     * Reads the model and applies everything that waits; null if there is none. The caller has to write the model before the
     * next checkpoint.
     */
    WaitingNotes.Applied take() throws Exception {
        ModelState model = models.value();
        if (model == null) {
            return null;
        }
        List<StreamImage> images = images(waiting.get());
        if (!images.isEmpty()) {
            waiting.clear();
        }
        return notes.apply(model, images, maxLabels);
    }

    /** Clears the model and everything that waits for it. */
    void clear() {
        models.clear();
        outlines.clear();
        waiting.clear();
        notes.clear();
    }

    /** Writes a model that stays in memory. */
    void write(CachedModel model) throws Exception {
        ModelState state = model.model().state();
        models.update(copies ? copier.copy(state) : state);
        outlines.update(model.outline().toBytes());
    }
}
