package org.silhouettes.core.state;

/**
 * One image of a stream as a learner takes it.
 *
 * @param samples 8-bit samples, row-major, channel-last, of the model's image shape
 * @param label class for the statistics alone, or null
 * @param id the producer's name for the image, or null
 * @param learn false: encode and count it, never learn from it
 */
@SuppressWarnings("ArrayRecordComponent")
public record StreamImage(byte[] samples, String label, String id, boolean learn) {

    /** Bytes that label and id take, at most. */
    public long textBytes() {
        return textBytes(label) + textBytes(id);
    }

    private static long textBytes(String text) {
        return text == null ? 0 : 48 + 2L * text.length();
    }
}
