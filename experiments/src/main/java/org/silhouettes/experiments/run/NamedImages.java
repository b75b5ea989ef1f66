package org.silhouettes.experiments.run;

import java.io.IOException;
import org.silhouettes.producers.dataset.ImageSource;
import org.silhouettes.producers.dataset.LabelledImage;
import org.silhouettes.producers.dataset.SourceView;

/** A source whose images have {@code prefix} and their index as id, so that their codes can be distinguished. */
record NamedImages(ImageSource source, String prefix) implements SourceView {

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
