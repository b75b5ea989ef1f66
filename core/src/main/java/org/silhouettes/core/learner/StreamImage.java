package org.silhouettes.core.learner;

/**
 * One image of a stream as a learner takes it.
 *
 * @param samples 8-bit samples, row-major, channel-last, of the model's image shape
 * @param label class for the statistics alone, or null
 * @param id the producer's name for the image, or null
 * @param learn false: encode and count it, never learn from it
 */
@SuppressWarnings("ArrayRecordComponent")
public record StreamImage(byte[] samples, String label, String id, boolean learn) {}
