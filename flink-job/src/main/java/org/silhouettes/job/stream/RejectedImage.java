package org.silhouettes.job.stream;

/**
 * An image that was not learned from.
 *
 * @param model name of the model; null where the image names none
 * @param id the caller's name for the image; or null
 * @param reason what is wrong with it, and the remedy
 */
public record RejectedImage(String model, String id, String reason) {}
