package org.silhouettes.producers.dataset;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.List;

/**
 * Outlines of characters in every face that this machine has: pen strokes always, and Java's logical fonts in four styles
 * each where there are any. A bare machine may have neither font files nor the libraries to look for them.
 */
final class Faces {

    private static final int POINTS = 64;

    /**
     * A character's outline.
     *
     * @param path in units of its own
     * @param strokes true: lines to be drawn with a pen; false: areas to be filled
     */
    record Outline(Path2D path, boolean strokes) {}

    /** [character, face]. */
    private final List<List<Outline>> outlines = new ArrayList<>();

    /**
     * @param withFonts false leaves the fonts out, so that every machine draws the same
     * @throws IllegalArgumentException where no face has one of the characters
     */
    Faces(String characters, boolean withFonts) {
        List<Font> fonts = withFonts ? logicalFonts() : List.of();
        FontRenderContext context = new FontRenderContext(null, true, true);
        for (char character : characters.toCharArray()) {
            List<Outline> faces = new ArrayList<>();
            if (StrokeFace.knows(character)) {
                faces.add(new Outline(StrokeFace.path(character), true));
            }
            for (Font font : fonts) {
                if (font.canDisplay(character)) {
                    Path2D path = new Path2D.Double(font.createGlyphVector(context, new char[] {character})
                            .getOutline());
                    if (!path.getBounds2D().isEmpty()) {
                        faces.add(new Outline(path, false));
                    }
                }
            }
            if (faces.isEmpty()) {
                throw new IllegalArgumentException("glyphs cannot draw the character \"" + character
                        + "\" on this machine: use characters of 0-9 and A-Z, or install fonts");
            }
            outlines.add(faces);
        }
    }

    /** The outlines of the {@code i}-th character; at least one. */
    List<Outline> of(int i) {
        return outlines.get(i);
    }

    private static List<Font> logicalFonts() {
        List<Font> fonts = new ArrayList<>();
        try {
            FontRenderContext context = new FontRenderContext(null, true, true);
            for (String family : List.of(Font.SANS_SERIF, Font.SERIF, Font.MONOSPACED)) {
                for (int style = Font.PLAIN; style <= (Font.BOLD | Font.ITALIC); style++) {
                    Font font = new Font(family, style, POINTS);
                    if (!font.createGlyphVector(context, "8")
                            .getOutline()
                            .getBounds2D()
                            .isEmpty()) {
                        fonts.add(font);
                    }
                }
            }
        } catch (RuntimeException | InternalError | LinkageError e) {
            // how a Java runtime says that it has no fonts depends on what exactly is missing
            return List.of();
        }
        return fonts;
    }
}
