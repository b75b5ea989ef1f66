package org.silhouettes.producers.dataset;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.silhouettes.imaging.ImageShape;

/**
 * Labelled images by index: the same index gives the same image, so that every order, repetition and resumption of a
 * replay is arithmetic on indices. Implementations are immutable and safe to share between threads.
 */
public interface ImageSource {

    /** The size of a source that makes its images and never ends. */
    long ENDLESS = Long.MAX_VALUE;

    /** {@link #classOf} an image that has no label. */
    int NO_CLASS = -1;

    /** Name as it appears in image ids and as the default model name, such as {@code mnist}. */
    String name();

    /** Names of the classes; a class is an index into this list. */
    List<String> classes();

    /** Shape of every image. */
    ImageShape shape();

    /** Number of images, or {@link #ENDLESS}. */
    long size();

    /** Class of image {@code index} (0 … size − 1), without making the image; {@link #NO_CLASS} where it has none. */
    int classOf(long index);

    /**
     * For an endless source: index of the {@code n}-th image of a class, n = 0, 1, ….
     *
     * @throws UnsupportedOperationException where the source ends
     */
    default long indexOf(int classIndex, long n) {
        throw new UnsupportedOperationException(name() + " ends: look through its " + size() + " images");
    }

    /**
     * Image {@code index}, 0 … size − 1.
     *
     * @throws IOException where it cannot be read; the message names the file
     */
    LabelledImage image(long index) throws IOException;

    /** Whether there is no other split: what is opened for training and for testing are the very same images. */
    default boolean unsplit() {
        return false;
    }

    /** Label of class {@code classIndex}, or null for {@link #NO_CLASS}. */
    default String label(int classIndex) {
        return classIndex == NO_CLASS ? null : classes().get(classIndex);
    }

    /** When image {@code index} was taken, or null where the source does not know. */
    default Instant takenAt(long index) {
        return null;
    }
}
