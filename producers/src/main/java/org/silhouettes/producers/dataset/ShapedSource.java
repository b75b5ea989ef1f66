package org.silhouettes.producers.dataset;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.silhouettes.core.dictionary.ImageShape;

/** Another source's images in another shape. */
record ShapedSource(ImageSource source, Shaping shaping) implements ImageSource {

    /** The source in the shape that the options ask for: itself where it has that shape. */
    static ImageSource of(ImageSource source, DatasetOptions options) {
        Shaping shaping = Shaping.of(source.shape(), options);
        return shaping.target().equals(source.shape()) ? source : new ShapedSource(source, shaping);
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public List<String> classes() {
        return source.classes();
    }

    @Override
    public ImageShape shape() {
        return shaping.target();
    }

    @Override
    public long size() {
        return source.size();
    }

    @Override
    public int classOf(long index) {
        return source.classOf(index);
    }

    @Override
    public long indexOf(int classIndex, long n) {
        return source.indexOf(classIndex, n);
    }

    @Override
    public boolean unsplit() {
        return source.unsplit();
    }

    @Override
    public Instant takenAt(long index) {
        return source.takenAt(index);
    }

    @Override
    public LabelledImage image(long index) throws IOException {
        LabelledImage image = source.image(index);
        return new LabelledImage(
                shaping.apply(image.samples(), image.shape()),
                shaping.target(),
                image.label(),
                image.id(),
                image.takenAt());
    }
}
