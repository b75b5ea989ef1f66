package org.silhouettes.producers.replay;

import java.io.IOException;
import java.util.List;
import org.silhouettes.producers.dataset.ImageSource;
import org.silhouettes.producers.dataset.LabelledImage;
import org.silhouettes.producers.dataset.Seeds;
import org.silhouettes.producers.dataset.SourceView;

/**
 * Another source's images of some classes, in its order, as the transforms of a {@link Phase} show them: what a phase is
 * tested on. The same index is always transformed alike.
 */
public final class ShownImages implements SourceView {

    private final ImageSource source;
    private final Selection selection;
    private final List<Transform> transforms;
    private final long seed;

    /**
     * Selects the images.
     *
     * @param classes names of classes of the source; empty takes all images
     * @param seed of transforms that are random
     * @throws IllegalArgumentException where the source has no such class, or no image of them
     */
    public ShownImages(ImageSource source, List<String> classes, List<Transform> transforms, long seed) {
        this.source = source;
        this.selection =
                classes.isEmpty() ? Selection.all(source) : Selection.of(source, Schedules.classes(source, classes));
        this.transforms = List.copyOf(transforms);
        this.seed = seed;
    }

    @Override
    public ImageSource source() {
        return source;
    }

    @Override
    public long sourceIndex(long index) {
        return selection.index(index);
    }

    @Override
    public long size() {
        return selection.size();
    }

    @Override
    public LabelledImage image(long index) throws IOException {
        LabelledImage image = source.image(sourceIndex(index));
        byte[] samples = Transform.applyAll(transforms, image.samples(), image.shape(), Seeds.random(seed, index));
        return new LabelledImage(samples, image.shape(), image.label(), image.id(), image.takenAt());
    }
}
