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
 * Models in keyed state, one a key; every method is about the current one.
 *
 * <p>A model is megabytes, an image a few hundred bytes, and all but the last image of a mini-batch need nothing of their
 * model but to be kept. So each model has an outline beside it that tells such images, and a list that they are appended
 * to while it is out of memory. Late labels and refused images wait in the same way, see {@link WaitingNotes}:
 *
 * <pre>
 *   models          key → {@link ModelState}      read and written as a whole: once a mini-batch
 *   model-outlines  key → {@link ModelOutline}    tens of bytes, once an image
 *   waiting-images  key → {@link WaitingImage}…   appended to, without being read
 *   waiting-labels  key → {@link WaitingLabel}…   appended to, without being read
 *   waiting-counts  key → {@link WaitingCounts}   tens of bytes, once a label or refused image
 * </pre>
 *
 * A model that is read takes all that waits and is what it would have been, had it been in memory.
 */
public final class StoredModels {

    private final ValueState<ModelState> models;
    private final ValueState<byte[]> outlines;
    private final ListState<byte[]> waiting;
    private final WaitingNotes notes;
    private final int mostLabels;
    private final boolean copies;
    private final ModelStateSerializer copier = new ModelStateSerializer();

    /**
     * @param mostLabels images of a model that wait for a label, at most
     * @param copies whether the backend holds on to the objects that it is given, which go on changing
     */
    StoredModels(KeyedStateStore store, int mostLabels, boolean copies) {
        this.models = store.getState(models());
        this.outlines = store.getState(
                new ValueStateDescriptor<>("model-outlines", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
        this.waiting = store.getListState(waitingImages());
        this.notes = new WaitingNotes(store);
        this.mostLabels = mostLabels;
        this.copies = copies;
    }

    /** How models are registered; for whoever reads a savepoint, too. */
    public static ValueStateDescriptor<ModelState> models() {
        return new ValueStateDescriptor<>("models", new ModelStateSerializer());
    }

    /** Names of all models in the state of this subtask; to be closed. */
    static Stream<String> names(KeyedStateBackend<String> backend) {
        return backend.getKeys(models().getName(), VoidNamespace.INSTANCE);
    }

    /** How the images that wait for their model are registered. */
    public static ListStateDescriptor<byte[]> waitingImages() {
        return new ListStateDescriptor<>("waiting-images", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
    }

    /** A model's state with the images that wait for it. */
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

    /** The model's outline as it is with the images that wait; null where nothing of it is stored, or no outline yet. */
    ModelOutline outline() throws Exception {
        byte[] bytes = outlines.value();
        return bytes == null ? null : ModelOutline.fromBytes(bytes);
    }

    /** Keeps an image for the model, whose outline is then that one. */
    void keep(StreamImage image, ModelOutline outline) throws Exception {
        waiting.add(WaitingImage.toBytes(image));
        outlines.update(outline.toBytes());
    }

    /**
     * Keeps the label of an earlier image for the model.
     *
     * @return false where too many labels wait already: the model has to be loaded
     */
    boolean keepLabel(ImageRecord label, ModelOutline outline) throws Exception {
        return notes.label(new WaitingLabel(outline.buffered(), label.id(), label.label()));
    }

    /** Counts an image that the model refused, for the model. */
    void refused() throws Exception {
        notes.refused();
    }

    /**
     * The model with all that waited for it, or null where there is none. It waits no longer: the model has to be written
     * before the next checkpoint.
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
        return notes.apply(model, images, mostLabels);
    }

    /** Removes the model with all that waits for it. */
    void clear() {
        models.clear();
        outlines.clear();
        waiting.clear();
        notes.clear();
    }

    /** Writes a model that stays in memory and goes on changing. */
    void write(CachedModel model) throws Exception {
        ModelState state = model.model().state();
        models.update(copies ? copier.copy(state) : state);
        outlines.update(model.outline().toBytes());
    }
}
