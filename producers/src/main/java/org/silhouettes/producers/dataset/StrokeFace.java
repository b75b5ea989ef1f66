package org.silhouettes.producers.dataset;

import java.awt.geom.Path2D;
import java.util.Map;

/**
 * Characters as pen strokes, for machines without fonts and for a hand-written look. A stroke is a row of points, each two
 * digits x y on a grid of 5 columns and 7 rows; a point that stands twice is a sharp corner, all others are rounded.
 */
final class StrokeFace {

    private static final Map<Character, String> STROKES = Map.ofEntries(
            Map.entry('0', "103041453616050110"),
            Map.entry('1', "1220 2026"),
            Map.entry('2', "0110304142060646"),
            Map.entry('3', "01103041423323 23334445361605"),
            Map.entry('4', "30040444 3036"),
            Map.entry('5', "4000 0003 03324345361605"),
            Map.entry('6', "301102040516364544331304"),
            Map.entry('7', "00404016"),
            Map.entry('8', "100102133342413010 130405163645443313"),
            Map.entry('9', "433313020110304143453616"),
            Map.entry('A', "0620 2046 1434"),
            Map.entry('B', "0006 003041423303 3344453606"),
            Map.entry('C', "4130100105163645"),
            Map.entry('D', "0006 0020314244352606"),
            Map.entry('E', "4000 0006 0646 0333"),
            Map.entry('F', "4000 0006 0333"),
            Map.entry('G', "413010010516364543 4323"),
            Map.entry('H', "0006 4046 0343"),
            Map.entry('I', "2026 1030 1636"),
            Map.entry('J', "4045361605"),
            Map.entry('K', "0006 4003 0346"),
            Map.entry('L', "0006 0646"),
            Map.entry('M', "0600 0024 2440 4046"),
            Map.entry('N', "0600 0046 4640"),
            Map.entry('O', "203143352615031120"),
            Map.entry('P', "0006 003041423303"),
            Map.entry('Q', "203143352615031120 3446"),
            Map.entry('R', "0006 003041423303 2346"),
            Map.entry('S', "413010010213334445361605"),
            Map.entry('T', "0040 2026"),
            Map.entry('U', "000516364540"),
            Map.entry('V', "0026 2640"),
            Map.entry('W', "0016 1622 2236 3640"),
            Map.entry('X', "0046 4006"),
            Map.entry('Y', "0023 4023 2326"),
            Map.entry('Z', "0040 4006 0646"));

    private StrokeFace() {}

    /** Whether there are strokes for a character. */
    static boolean knows(char character) {
        return STROKES.containsKey(character);
    }

    /** The strokes of a character that is known, in grid units. */
    static Path2D path(char character) {
        Path2D path = new Path2D.Double();
        for (String stroke : STROKES.get(character).split(" ", -1)) {
            add(path, stroke);
        }
        return path;
    }

    private static void add(Path2D path, String stroke) {
        int points = stroke.length() / 2;
        path.moveTo(x(stroke, 0), y(stroke, 0));
        for (int i = 1; i < points - 1; i++) {
            path.quadTo(
                    x(stroke, i),
                    y(stroke, i),
                    (x(stroke, i) + x(stroke, i + 1)) / 2,
                    (y(stroke, i) + y(stroke, i + 1)) / 2);
        }
        path.lineTo(x(stroke, points - 1), y(stroke, points - 1));
    }

    private static double x(String stroke, int point) {
        return stroke.charAt(2 * point) - '0';
    }

    private static double y(String stroke, int point) {
        return stroke.charAt(2 * point + 1) - '0';
    }
}
