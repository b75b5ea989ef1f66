package org.silhouettes.producers.replay;

/**
 * How labels are sent.
 *
 * @param sent whether they are sent at all
 * @param delay 0 sends an image's label in its own header; else it comes in a record of its own, together with the image
 *     that many positions later; those of the last images right after the last
 */
public record Labels(boolean sent, int delay) {

    /** In the header of each image that has one. */
    public static final Labels ON = new Labels(true, 0);

    /** Never. */
    public static final Labels OFF = new Labels(false, 0);

    private static final int MAX_DELAY = 1_000_000;

    public Labels {
        if (delay < 0 || delay > MAX_DELAY || delay > 0 && !sent) {
            throw new IllegalArgumentException(
                    "option labels is delayed by " + delay + " images, it must be 1 to " + MAX_DELAY);
        }
    }

    /** The given number of images after their own. */
    public static Labels delayed(int images) {
        return new Labels(true, images);
    }

    /**
     * Reads {@code on}, {@code off} or {@code delayed:N}.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static Labels parse(String text) {
        if (text.matches("delayed:[1-9][0-9]{0,6}")) {
            return delayed(Integer.parseInt(text.substring("delayed:".length())));
        }
        return switch (text) {
            case "on" -> ON;
            case "off" -> OFF;
            default ->
                throw new IllegalArgumentException(
                        "option labels is \"" + text + "\", it must be on, off or delayed:N, such as delayed:500");
        };
    }

    /** Whether an image's label is in its own header. */
    public boolean withImage() {
        return sent && delay == 0;
    }
}
