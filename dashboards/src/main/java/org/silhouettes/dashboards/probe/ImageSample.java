package org.silhouettes.dashboards.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.imaging.Picture;
import org.silhouettes.wire.ChannelModels;

/**
 * A few labelled images of every model and class, as they came in the images topic: the first {@value #PER_CLASS} seen are
 * kept, so that versions are compared on the same images, and each class's mean continues over all that are seen. Bounded
 * in memory. Thread-safe.
 */
public final class ImageSample {

    /** Images kept of a class. */
    public static final int PER_CLASS = 50;

    private static final int MAX_CLASSES = 100;
    private static final long MAX_BYTES = 24L << 20;

    private final Map<String, Map<String, OfClass>> byModel = new TreeMap<>();
    private long bytes;

    /** One class's images, all of one shape. */
    private static final class OfClass {
        private final ImageShape shape;
        private final List<byte[]> images = new ArrayList<>();
        private final double[] sums;
        private long count;

        OfClass(ImageShape shape) {
            this.shape = shape;
            this.sums = new double[shape.values()];
        }
    }

    /**
     * A class as sampled.
     *
     * @param images 8-bit samples of the model's shape
     * @param mean mean image, 8-bit samples
     * @param count how many images the mean is over
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record SampledClass(String label, List<byte[]> images, byte[] mean, long count) {}

    /** Whether an image of that class would add anything to the sample: else it need not be decoded. */
    public synchronized boolean wants(String model, String label) {
        Map<String, OfClass> classes = byModel.get(model);
        return classes == null ? bytes < MAX_BYTES : classes.containsKey(label) || classes.size() < MAX_CLASSES;
    }

    /** Takes an image. */
    public synchronized void add(String model, String label, Picture picture) {
        Map<String, OfClass> classes = byModel.computeIfAbsent(model, m -> new TreeMap<>());
        OfClass of = classes.get(label);
        if (of == null) {
            long needed = 8L * picture.shape().values();
            if (classes.size() >= MAX_CLASSES || bytes + needed > MAX_BYTES) {
                return;
            }
            bytes += needed;
            of = new OfClass(picture.shape());
            classes.put(label, of);
        }
        if (!of.shape.equals(picture.shape())) {
            return;
        }
        byte[] samples = picture.samples();
        for (int i = 0; i < samples.length; i++) {
            of.sums[i] += samples[i] & 0xff;
        }
        of.count++;
        if (of.images.size() < PER_CLASS && bytes + samples.length <= MAX_BYTES) {
            bytes += samples.length;
            of.images.add(samples.clone());
        }
    }

    /**
     * The classes of a model whose images have that shape, as the model sees them: gray or one channel, where it is so.
     *
     * @param channel the one of three channels that the model learns, −1 where it learns gray or all
     */
    public synchronized List<SampledClass> classes(String model, int channel, ImageShape shape) {
        String key = byModel.containsKey(model) || channel < 0 ? model : ChannelModels.images(model, channel);
        List<SampledClass> out = new ArrayList<>();
        byModel.getOrDefault(key, Map.of()).forEach((label, of) -> seen(of, shape, key.equals(model) ? -1 : channel)
                .ifPresent(images -> out.add(new SampledClass(label, images, mean(of, shape, channel), of.count))));
        return out;
    }

    private static Optional<List<byte[]>> seen(OfClass of, ImageShape shape, int channel) {
        if (of.shape.height() != shape.height() || of.shape.width() != shape.width()) {
            return Optional.empty();
        }
        List<byte[]> images = new ArrayList<>();
        for (byte[] samples : of.images) {
            images.add(ModelInput.withChannels(new Picture(of.shape, samples), shape.channels(), channel)
                    .samples());
        }
        return Optional.of(images);
    }

    private static byte[] mean(OfClass of, ImageShape shape, int channel) {
        byte[] rounded = new byte[of.sums.length];
        for (int i = 0; i < rounded.length; i++) {
            rounded[i] = (byte) Math.round(of.sums[i] / of.count);
        }
        return ModelInput.withChannels(new Picture(of.shape, rounded), shape.channels(), channel)
                .samples();
    }
}
