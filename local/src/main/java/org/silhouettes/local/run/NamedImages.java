package org.silhouettes.local.run;

import java.io.IOException;
import java.util.List;
import org.silhouettes.core.dictionary.ImageShape;
import org.silhouettes.producers.dataset.ImageSource;
import org.silhouettes.producers.dataset.LabelledImage;

/** A source whose images are called {@code prefix} and their index, so that their codes are told apart. */
record NamedImages(ImageSource source, String prefix) implements ImageSource {

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
        return source.shape();
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
    public LabelledImage image(long index) throws IOException {
        LabelledImage image = source.image(index);
        return new LabelledImage(image.samples(), image.shape(), image.label(), prefix + index, image.takenAt());
    }
}
