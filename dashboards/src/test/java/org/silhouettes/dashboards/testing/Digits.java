package org.silhouettes.dashboards.testing;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.util.Random;

/** Digits drawn with the JDK's fonts, each a little different: a stand-in for handwriting that needs no data set. */
public final class Digits {

    public static final int SIDE = 28;
    public static final int VALUES = SIDE * SIDE;

    private Digits() {}

    /** White on black, 8-bit, row-major, [28 · 28]. */
    public static byte[] draw(int digit, Random random) {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        String[] families = {Font.SANS_SERIF, Font.SERIF, Font.MONOSPACED};
        graphics.setFont(new Font(
                families[random.nextInt(families.length)],
                random.nextBoolean() ? Font.BOLD : Font.PLAIN,
                22 + random.nextInt(6)));
        AffineTransform shape = AffineTransform.getTranslateInstance(SIDE / 2.0, SIDE / 2.0);
        shape.shear(0.35 * random.nextGaussian() * 0.6, 0.05 * random.nextGaussian());
        shape.rotate(0.12 * random.nextGaussian());
        shape.scale(0.9 + 0.15 * random.nextDouble(), 0.9 + 0.15 * random.nextDouble());
        graphics.setTransform(shape);
        graphics.setColor(Color.WHITE);
        String text = String.valueOf(digit);
        double width = graphics.getFontMetrics().stringWidth(text);
        graphics.drawString(text, (float) (-width / 2 + random.nextGaussian()), (float) (9 + random.nextGaussian()));
        graphics.dispose();
        byte[] samples = new byte[VALUES];
        int[] row = new int[SIDE];
        for (int y = 0; y < SIDE; y++) {
            image.getRaster().getSamples(0, y, SIDE, 1, 0, row);
            for (int x = 0; x < SIDE; x++) {
                samples[y * SIDE + x] = (byte) row[x];
            }
        }
        return samples;
    }
}
