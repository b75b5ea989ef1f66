package org.silhouettes.producers.dataset;

import java.util.Arrays;
import java.util.List;
import org.silhouettes.imaging.ImageShape;

/** Images that lie one after the other in memory. */
final class InMemorySource implements ImageSource {

    private final String name;
    private final String idPrefix;
    private final List<String> classes;
    private final ImageShape shape;
    private final byte[] samples;
    private final byte[] labels;
    private final boolean unsplit;

    /**
     * @param idPrefix what stands before the index in an id, such as {@code mnist/train/}
     * @param samples [labels.length, shape.values()], kept, not copied
     * @param unsplit whether there is no other split
     * @param labels class of each image, unsigned, below classes.size()
     */
    InMemorySource(
            String name,
            String idPrefix,
            List<String> classes,
            ImageShape shape,
            byte[] samples,
            byte[] labels,
            boolean unsplit) {
        this.name = name;
        this.idPrefix = idPrefix;
        this.classes = List.copyOf(classes);
        this.shape = shape;
        this.samples = samples;
        this.labels = labels;
        this.unsplit = unsplit;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean unsplit() {
        return unsplit;
    }

    @Override
    public List<String> classes() {
        return classes;
    }

    @Override
    public ImageShape shape() {
        return shape;
    }

    @Override
    public long size() {
        return labels.length;
    }

    @Override
    public int classOf(long index) {
        return labels[Math.toIntExact(index)] & 0xff;
    }

    @Override
    public LabelledImage image(long index) {
        int values = shape.values();
        int from = Math.toIntExact(index) * values;
        return new LabelledImage(
                Arrays.copyOfRange(samples, from, from + values), shape, label(classOf(index)), idPrefix + index);
    }
}
