package org.silhouettes.producers.dataset;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.PathIterator;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.List;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.linalg.Random64;

/**
 * An endless stream of drawn and distorted characters, white on black, 28x28, in the manner of MNIST: each is rotated,
 * slanted, stretched, bent along a wave, drawn with a pen of some width, and set into a box of about 20x20 in the middle.
 * The same seed and the same fonts give the same stream.
 */
final class GlyphSource implements ImageSource {

    static {
        // drawing into memory needs no display, and a DISPLAY that does not answer must not break it
        if (System.getProperty("java.awt.headless") == null) {
            System.setProperty("java.awt.headless", "true");
        }
    }

    static final ImageShape SHAPE = new ImageShape(28, 28, 1);

    private static final double BOX = 20;

    private final List<String> classes;
    private final String idPrefix;
    private final Faces faces;
    private final long seed;
    private final BalancedClasses balance;

    /** @param withFonts false draws with pen strokes alone, the same on every machine */
    GlyphSource(String characters, Split split, long seed, boolean withFonts) {
        this.classes = characters
                .chars()
                .mapToObj(character -> String.valueOf((char) character))
                .toList();
        if (classes.isEmpty() || classes.stream().distinct().count() != classes.size()) {
            throw new IllegalArgumentException(
                    "glyphs must have at least one character and no duplicates, got \"" + characters + "\"");
        }
        this.idPrefix = "glyphs/" + split.text() + "/" + seed + "/";
        this.faces = new Faces(characters, withFonts);
        this.seed = Seeds.random(seed, split.ordinal()).nextLong();
        this.balance = new BalancedClasses(classes.size(), this.seed);
    }

    @Override
    public String name() {
        return "glyphs";
    }

    @Override
    public List<String> classes() {
        return classes;
    }

    @Override
    public ImageShape shape() {
        return SHAPE;
    }

    @Override
    public long size() {
        return ENDLESS;
    }

    @Override
    public int classOf(long index) {
        return balance.classOf(index);
    }

    @Override
    public long indexOf(int classIndex, long n) {
        return balance.indexOf(classIndex, n);
    }

    @Override
    public LabelledImage image(long index) {
        int classIndex = classOf(index);
        Random64 random = Seeds.random(~seed, index);
        List<Faces.Outline> choices = faces.of(classIndex);
        Faces.Outline outline = choices.get(random.nextInt(choices.size()));
        Path2D path = bent(outline.path(), random);
        path.transform(slant(random));
        place(path, random);
        return new LabelledImage(draw(path, outline.strokes(), random), SHAPE, label(classIndex), idPrefix + index);
    }

    /** The path with its points moved along a sine wave of up to 6 % of its size in each direction. */
    private static Path2D bent(Path2D path, Random64 random) {
        Rectangle2D bounds = path.getBounds2D();
        double side = Math.max(bounds.getWidth(), bounds.getHeight());
        double amplitudeX = 0.06 * side * random.nextDouble();
        double amplitudeY = 0.06 * side * random.nextDouble();
        double phaseX = 2 * Math.PI * random.nextDouble();
        double phaseY = 2 * Math.PI * random.nextDouble();
        double frequency = (1 + random.nextDouble()) * Math.PI / side;
        Path2D out = new Path2D.Double(path.getWindingRule());
        double[] points = new double[6];
        for (PathIterator it = path.getPathIterator(null); !it.isDone(); it.next()) {
            int segment = it.currentSegment(points);
            for (int i = 0; i < points.length; i += 2) {
                double x = points[i];
                points[i] += amplitudeX * StrictMath.sin(frequency * points[i + 1] + phaseX);
                points[i + 1] += amplitudeY * StrictMath.sin(frequency * x + phaseY);
            }
            switch (segment) {
                case PathIterator.SEG_MOVETO -> out.moveTo(points[0], points[1]);
                case PathIterator.SEG_LINETO -> out.lineTo(points[0], points[1]);
                case PathIterator.SEG_QUADTO -> out.quadTo(points[0], points[1], points[2], points[3]);
                case PathIterator.SEG_CUBICTO ->
                    out.curveTo(points[0], points[1], points[2], points[3], points[4], points[5]);
                default -> out.closePath();
            }
        }
        return out;
    }

    private static AffineTransform slant(Random64 random) {
        AffineTransform transform = AffineTransform.getRotateInstance(Math.toRadians(24 * random.nextDouble() - 12));
        transform.shear(0.5 * random.nextDouble() - 0.3, 0);
        transform.scale(0.8 + 0.4 * random.nextDouble(), 1);
        return transform;
    }

    /** Brings a path into the box, roughly. */
    private static void place(Path2D path, Random64 random) {
        Rectangle2D bounds = path.getBounds2D();
        double scale = BOX * (0.8 + 0.2 * random.nextDouble()) / Math.max(bounds.getWidth(), bounds.getHeight());
        AffineTransform transform = AffineTransform.getTranslateInstance(
                SHAPE.width() / 2.0 + 2 * random.nextDouble() - 1, SHAPE.height() / 2.0 + 2 * random.nextDouble() - 1);
        transform.scale(scale, scale);
        transform.translate(-bounds.getCenterX(), -bounds.getCenterY());
        path.transform(transform);
    }

    private static byte[] draw(Path2D path, boolean strokes, Random64 random) {
        BufferedImage image = new BufferedImage(SHAPE.width(), SHAPE.height(), BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            graphics.setColor(Color.WHITE);
            double width = strokes ? 1.8 + 1.6 * random.nextDouble() : 0.2 + 0.8 * random.nextDouble();
            graphics.setStroke(new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            if (!strokes) {
                graphics.fill(path);
            }
            graphics.draw(path);
        } finally {
            graphics.dispose();
        }
        return ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    }
}
