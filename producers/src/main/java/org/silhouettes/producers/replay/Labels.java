package org.silhouettes.producers.replay;

/**
 * Whether and when labels are sent.
 *
 * @param sent false: never
 * @param delay images that are sent between an image and its label; 0 sends the label in the image's own header,
 *     anything above sends it later, in a record of its own that names the image by id
 */
public record Labels(boolean sent, long delay) {

    /** In the image's own header. */
    public static final Labels ON = new Labels(true, 0);

    /** Never. */
    public static final Labels OFF = new Labels(false, 0);

    public Labels {
        if (delay < 0 || (!sent && delay > 0)) {
            throw new IllegalArgumentException(
                    "option label-delay is " + delay + ", it must be 0 or more images, and 0 where labels are off");
        }
    }

    /** In a record of its own, {@code images} images later. */
    public static Labels delayed(long images) {
        return new Labels(true, images);
    }

    boolean inHeader() {
        return sent && delay == 0;
    }

    boolean later() {
        return sent && delay > 0;
    }
}
