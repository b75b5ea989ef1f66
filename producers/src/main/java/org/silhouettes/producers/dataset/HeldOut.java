package org.silhouettes.producers.dataset;

import java.io.IOException;

/** Every sixth image of a source that has no test split of its own, for testing; or the other five, for training. */
record HeldOut(ImageSource source, Split split) implements SourceView {

    static final int EVERY = 6;

    @Override
    public long size() {
        long test = source.size() / EVERY;
        return split == Split.TEST ? test : source.size() - test;
    }

    @Override
    public long sourceIndex(long index) {
        return split == Split.TEST ? EVERY * index + EVERY - 1 : index + index / (EVERY - 1);
    }

    @Override
    public LabelledImage image(long index) throws IOException {
        return source.image(sourceIndex(index));
    }
}
