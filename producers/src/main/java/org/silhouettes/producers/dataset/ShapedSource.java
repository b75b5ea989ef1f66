package org.silhouettes.producers.dataset;

import java.io.IOException;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.imaging.Picture;

/** Another source's images in another shape. */
record ShapedSource(ImageSource source, Shaping shaping) implements SourceView {

    /** The source in the shape that the options ask for: itself where it has that shape. */
    static ImageSource of(ImageSource source, DatasetOptions options) {
        Shaping shaping = Shaping.of(source.shape(), options);
        return shaping.target().equals(source.shape()) ? source : new ShapedSource(source, shaping);
    }

    @Override
    public ImageShape shape() {
        return shaping.target();
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
    public LabelledImage image(long index) throws IOException {
        LabelledImage image = source.image(index);
        return new LabelledImage(
                shaping.apply(new Picture(image.shape(), image.samples())).samples(),
                shaping.target(),
                image.label(),
                image.id(),
                image.takenAt());
    }
}
