package org.silhouettes.producers.dataset;

import java.time.Instant;
import java.util.List;
import org.silhouettes.imaging.ImageShape;

/**
 * A source that shows another one's images: some of them, in another shape, or under other names. What a view does not
 * change is the other source's; which image stands where follows from {@link #sourceIndex} alone.
 */
public interface SourceView extends ImageSource {

    /** The source that is shown. */
    ImageSource source();

    /** Where image {@code index} of the view stands in the source: at the same index, unless the view says otherwise. */
    default long sourceIndex(long index) {
        return index;
    }

    @Override
    default String name() {
        return source().name();
    }

    @Override
    default List<String> classes() {
        return source().classes();
    }

    @Override
    default ImageShape shape() {
        return source().shape();
    }

    @Override
    default long size() {
        return source().size();
    }

    @Override
    default int classOf(long index) {
        return source().classOf(sourceIndex(index));
    }

    @Override
    default Instant takenAt(long index) {
        return source().takenAt(sourceIndex(index));
    }
}
