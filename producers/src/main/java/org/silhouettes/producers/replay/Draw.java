package org.silhouettes.producers.replay;

/**
 * What a schedule sends at one position.
 *
 * @param index the image's index in the source
 */
record Draw(long index) {}
