package org.silhouettes.producers.dataset;

/** Rows and columns of an image. */
public record ImageSize(int height, int width) {

    private static final int MAX_SIDE = 1 << 14;

    public ImageSize {
        if (height < 1 || width < 1 || height > MAX_SIDE || width > MAX_SIDE) {
            throw new IllegalArgumentException(
                    "option size is " + height + "x" + width + ", each side must be 1 to " + MAX_SIDE + " pixels");
        }
    }

    /** Reads {@code HEIGHTxWIDTH}, or one number for a square. */
    public static ImageSize parse(String text) {
        java.util.regex.Matcher matcher = java.util.regex.Pattern.compile("([0-9]{1,5})(?:x([0-9]{1,5}))?")
                .matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("option size is \"" + text
                    + "\", it must be HEIGHTxWIDTH, such as 32x32, or one number for a square");
        }
        int height = Integer.parseInt(matcher.group(1));
        return new ImageSize(height, matcher.group(2) == null ? height : Integer.parseInt(matcher.group(2)));
    }
}
