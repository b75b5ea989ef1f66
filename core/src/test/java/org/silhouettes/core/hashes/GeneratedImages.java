package org.silhouettes.core.hashes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.silhouettes.core.state.StreamImage;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.linalg.Random64;

/**
 * Images of simple figures in whole-number arithmetic: bars in four directions, a frame, a disc and dots, moved at random,
 * with noise; a colour of its own for each kind of figure. One image of three has no label, one of eleven is never learned from.
 */
final class GeneratedImages {

    private final ImageShape shape;
    private final Random64 random;

    private GeneratedImages(ImageShape shape, long seed) {
        this.shape = shape;
        this.random = new Random64(seed);
    }

    /**
     * The stream that a row describes.
     *
     * @param data {@code height}, {@code width}, {@code channels}, {@code seed}, and {@code phases}: one after the other,
     *     each with its {@code kinds} of figures and its number of {@code images}
     */
    static List<StreamImage> of(JsonNode data) {
        ImageShape shape = new ImageShape(
                data.required("height").intValue(),
                data.required("width").intValue(),
                data.required("channels").intValue());
        GeneratedImages images =
                new GeneratedImages(shape, data.required("seed").longValue());
        List<StreamImage> stream = new ArrayList<>();
        for (JsonNode phase : data.required("phases")) {
            JsonNode kinds = phase.required("kinds");
            for (int i = 0; i < phase.required("images").intValue(); i++) {
                int kind = kinds.get(images.random.nextInt(kinds.size())).intValue();
                int n = stream.size();
                String label = n % 3 == 1 ? null : "figure " + kind;
                stream.add(new StreamImage(images.samples(kind), label, "image " + n, n % 11 != 10));
            }
        }
        return stream;
    }

    private byte[] samples(int kind) {
        int height = shape.height();
        int width = shape.width();
        int down = random.nextInt(3) - 1;
        int right = random.nextInt(3) - 1;
        byte[] samples = new byte[shape.values()];
        int at = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int ink = on(kind, y - down - height / 2, x - right - width / 2) ? 180 + random.nextInt(60) : 0;
                for (int channel = 0; channel < shape.channels(); channel++) {
                    int tint = (kind + channel) % 3 + 2;
                    samples[at++] = (byte) (ink * tint / 4 + random.nextInt(12));
                }
            }
        }
        return samples;
    }

    /** Whether the figure has ink there, from the image's middle. */
    private static boolean on(int kind, int y, int x) {
        return switch (kind) {
            case 0 -> y == 0 || y == 1;
            case 1 -> x == 0 || x == 1;
            case 2 -> x - y == 0 || x - y == 1;
            case 3 -> x + y == 0 || x + y == 1;
            case 4 -> Math.max(Math.abs(x), Math.abs(y)) == 3;
            case 5 -> x * x + y * y <= 5;
            case 6 -> Math.floorMod(x, 3) == 0 && Math.floorMod(y, 3) == 0;
            default -> throw new IllegalArgumentException("no figure of kind " + kind + ": 0 to 6");
        };
    }
}
