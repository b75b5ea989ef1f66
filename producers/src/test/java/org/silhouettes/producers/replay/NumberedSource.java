package org.silhouettes.producers.replay;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.producers.dataset.ImageSource;
import org.silhouettes.producers.dataset.LabelledImage;

/** Images of 1x2 samples that hold their own index, of class index mod 3 (a, b, c). */
final class NumberedSource implements ImageSource {

    static final ImageShape SHAPE = new ImageShape(1, 2, 1);
    private static final List<String> CLASSES = List.of("a", "b", "c");

    private final long size;
    private final List<Instant> times;

    NumberedSource(long size) {
        this(size, null);
    }

    /** @param times when each image was taken, or null */
    NumberedSource(long size, List<Instant> times) {
        this.size = size;
        this.times = times;
    }

    @Override
    public String name() {
        return "numbered";
    }

    @Override
    public List<String> classes() {
        return CLASSES;
    }

    @Override
    public ImageShape shape() {
        return SHAPE;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int classOf(long index) {
        return (int) (index % CLASSES.size());
    }

    @Override
    public long indexOf(int classIndex, long n) {
        return n * CLASSES.size() + classIndex;
    }

    @Override
    public LabelledImage image(long index) {
        byte[] samples = {(byte) (index >> 8), (byte) index};
        return new LabelledImage(samples, SHAPE, label(classOf(index)), "numbered/" + index, takenAt(index));
    }

    @Override
    public Instant takenAt(long index) {
        return times == null ? null : times.get((int) index);
    }

    /** The index that an image holds. */
    static int number(byte[] samples) {
        return (samples[0] & 0xff) << 8 | (samples[1] & 0xff);
    }

    static List<Integer> numbers(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }
}
