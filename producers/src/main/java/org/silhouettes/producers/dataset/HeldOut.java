package org.silhouettes.producers.dataset;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.silhouettes.core.dictionary.ImageShape;

/** Every sixth image of a source that has no test split of its own, for testing; or the other five, for training. */
record HeldOut(ImageSource source, Split split) implements ImageSource {

    static final int EVERY = 6;

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
        long test = source.size() / EVERY;
        return split == Split.TEST ? test : source.size() - test;
    }

    private long index(long index) {
        return split == Split.TEST ? EVERY * index + EVERY - 1 : index + index / (EVERY - 1);
    }

    @Override
    public int classOf(long index) {
        return source.classOf(index(index));
    }

    @Override
    public Instant takenAt(long index) {
        return source.takenAt(index(index));
    }

    @Override
    public LabelledImage image(long index) throws IOException {
        return source.image(index(index));
    }
}
