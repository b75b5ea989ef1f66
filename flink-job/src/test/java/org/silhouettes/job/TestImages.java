package org.silhouettes.job;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.silhouettes.core.state.StreamImage;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.job.record.ImageRecord;
import org.silhouettes.job.record.RawRecord;
import org.silhouettes.linalg.Random64;
import org.silhouettes.wire.Headers;
import org.silhouettes.wire.RecordHeaders;
import org.silhouettes.wire.Topics;

/** Small synthetic streams: noisy bars of four classes, 6x6 gray, the same for the same seed. */
public final class TestImages {

    public static final int SIDE = 6;
    private static final ImageShape SHAPE = new ImageShape(SIDE, SIDE, 1);
    private static final int CLASSES = 4;

    private TestImages() {}

    /** Image number n of a model's stream. */
    public static byte[] samples(String model, int n) {
        Random64 random = new Random64(model.hashCode() * 31L + n);
        int label = label(n);
        byte[] samples = new byte[SIDE * SIDE];
        for (int i = 0; i < samples.length; i++) {
            int along = label % 2 == 0 ? i / SIDE : i % SIDE;
            boolean bar = along / 2 == label / 2;
            samples[i] = (byte) (random.nextInt(40) + (bar ? 120 + random.nextInt(90) : 0));
        }
        return samples;
    }

    private static int label(int n) {
        return (int) (new Random64(n).nextLong() >>> 1) % CLASSES & 3;
    }

    /** Record number n of a model's stream; its offset is n, its id {@code #n}. */
    public static RawRecord raw(String model, int n, String... moreHeaders) {
        String side = Integer.toString(SIDE);
        RecordHeaders headers = RecordHeaders.of(
                        Headers.CONTENT_TYPE,
                        Headers.RAW,
                        Headers.WIDTH,
                        side,
                        Headers.HEIGHT,
                        side,
                        Headers.CHANNELS,
                        "1",
                        Headers.LABEL,
                        Integer.toString(label(n)),
                        Headers.ID,
                        "#" + n)
                .with(moreHeaders);
        return new RawRecord(model.getBytes(StandardCharsets.UTF_8), samples(model, n), headers, Topics.IMAGES, 0, n);
    }

    /** The same, decoded. */
    public static ImageRecord image(String model, int n) {
        return image(model, n, true, false);
    }

    public static ImageRecord image(String model, int n, boolean learn, boolean flush) {
        RawRecord raw = raw(model, n);
        StreamImage image = new StreamImage(raw.value(), Integer.toString(label(n)), "#" + n, learn);
        return new ImageRecord(model, SHAPE, image, flush, true, raw);
    }

    /** Images {@code from} to below {@code to} of a model's stream. */
    public static List<ImageRecord> images(String model, int from, int to) {
        List<ImageRecord> images = new ArrayList<>();
        for (int n = from; n < to; n++) {
            images.add(image(model, n));
        }
        return images;
    }

    /** The same with black for white. */
    public static ImageRecord negative(ImageRecord image) {
        byte[] samples = image.samples().clone();
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) ~samples[i];
        }
        return with(image, new StreamImage(samples, image.label(), image.id(), image.learn()));
    }

    /** The same image without its label. */
    public static ImageRecord unlabelled(ImageRecord image) {
        return with(image, new StreamImage(image.samples(), null, image.id(), image.learn()));
    }

    /** An image of 3 × 3 samples, which models of these streams reject. */
    public static ImageRecord wrongShape(String model, long offset) {
        byte[] samples = new byte[9];
        RawRecord raw = new RawRecord(null, samples, RecordHeaders.NONE, Topics.IMAGES, 0, offset);
        StreamImage image = new StreamImage(samples, null, null, true);
        return new ImageRecord(model, new ImageShape(3, 3, 1), image, false, true, raw);
    }

    private static ImageRecord with(ImageRecord record, StreamImage image) {
        return new ImageRecord(
                record.model(), record.shape(), image, record.flush(), record.primary(), record.origin());
    }
}
