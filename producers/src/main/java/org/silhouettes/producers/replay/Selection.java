package org.silhouettes.producers.replay;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.silhouettes.producers.dataset.ImageSource;

/** Those images of a source whose class is one of some, numbered 0, 1, … in the source's order. */
final class Selection {

    private final ImageSource source;
    /** The selected indices of a source that ends. */
    private final int[] indices;
    /** The selected classes of one that does not. */
    private final int[] classes;

    private Selection(ImageSource source, int[] indices, int[] classes) {
        this.source = source;
        this.indices = indices;
        this.classes = classes;
    }

    /** All images of a source, also those without a label. */
    static Selection all(ImageSource source) {
        return source.size() == ImageSource.ENDLESS
                ? new Selection(source, null, null)
                : new Selection(
                        source,
                        IntStream.range(0, Math.toIntExact(source.size())).toArray(),
                        null);
    }

    /**
     * The images of these classes.
     *
     * @throws IllegalArgumentException where there are none
     */
    static Selection of(ImageSource source, Collection<Integer> classes) {
        int[] wanted = classes.stream().mapToInt(c -> c).distinct().sorted().toArray();
        if (source.size() == ImageSource.ENDLESS) {
            return new Selection(source, null, wanted);
        }
        int[] indices = IntStream.range(0, Math.toIntExact(source.size()))
                .filter(i -> Arrays.binarySearch(wanted, source.classOf(i)) >= 0)
                .toArray();
        if (indices.length == 0) {
            List<String> names = classes.stream().map(source::label).toList();
            throw new IllegalArgumentException("source " + source.name() + " has no image of the classes " + names);
        }
        return new Selection(source, indices, null);
    }

    /** Number of images, or {@link ImageSource#ENDLESS}. */
    long size() {
        return indices == null ? ImageSource.ENDLESS : indices.length;
    }

    /** Index in the source of the selection's {@code k}-th image. */
    long index(long k) {
        if (indices != null) {
            return indices[Math.toIntExact(k)];
        }
        return classes == null ? k : source.indexOf(classes[Math.toIntExact(k % classes.length)], k / classes.length);
    }

    /** The same images, sorted by class. */
    Selection byClass() {
        return sorted(Comparator.comparingInt(i -> source.classOf(i)), Order.BY_CLASS);
    }

    /**
     * The same images, sorted by when they were taken.
     *
     * @throws IllegalArgumentException where the source does not know that
     */
    Selection byTime() {
        if (source.takenAt(index(0)) == null) {
            throw new IllegalArgumentException("option order is " + Order.BY_TIME + ", but source " + source.name()
                    + " does not know when its images were taken: use a folder of files");
        }
        return sorted(Comparator.comparing(i -> source.takenAt(i)), Order.BY_TIME);
    }

    private Selection sorted(Comparator<Integer> comparator, Order order) {
        if (indices == null) {
            throw new IllegalArgumentException("option order is " + order + ", but source " + source.name()
                    + " never ends: use order FILE or a drift plan");
        }
        return new Selection(
                source,
                IntStream.of(indices)
                        .boxed()
                        .sorted(comparator)
                        .mapToInt(i -> i)
                        .toArray(),
                null);
    }
}
