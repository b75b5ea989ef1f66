package org.silhouettes.testkit;

import java.util.List;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.linalg.Random64;
import org.silhouettes.producers.dataset.ImageSource;
import org.silhouettes.producers.dataset.LabelledImage;

/** Noisy bars, columns, crosses and frames of 12 × 12 samples: four classes that a small dictionary can distinguish. */
public record ShapeImages(long seed, long size) implements ImageSource {

    private static final int SIDE = 12;

    @Override
    public String name() {
        return "shapes";
    }

    @Override
    public List<String> classes() {
        return List.of("bar", "column", "cross", "frame");
    }

    @Override
    public ImageShape shape() {
        return new ImageShape(SIDE, SIDE, 1);
    }

    @Override
    public int classOf(long index) {
        return new Random64(seed * 1_000_003 + index).nextInt(4);
    }

    @Override
    public LabelledImage image(long index) {
        Random64 random = new Random64(seed * 1_000_003 + index);
        int kind = random.nextInt(4);
        int at = 3 + random.nextInt(5);
        byte[] samples = new byte[SIDE * SIDE];
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                int value = inside(kind, at, x, y) ? 200 : 10;
                samples[y * SIDE + x] = (byte) (value + random.nextInt(40));
            }
        }
        return new LabelledImage(samples, shape(), classes().get(kind), "shapes/" + index);
    }

    private static boolean inside(int kind, int at, int x, int y) {
        boolean bar = Math.abs(y - at) <= 1;
        boolean column = Math.abs(x - at) <= 1;
        return switch (kind) {
            case 0 -> bar;
            case 1 -> column;
            case 2 -> bar || column;
            default -> x < 2 || y < 2 || x >= SIDE - 2 || y >= SIDE - 2;
        };
    }
}
