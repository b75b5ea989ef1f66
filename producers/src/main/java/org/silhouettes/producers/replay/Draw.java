package org.silhouettes.producers.replay;

import java.util.List;

/**
 * What a schedule sends at one position.
 *
 * @param index the image's index in the source
 * @param transforms what is done to it, in this order
 */
record Draw(long index, List<Transform> transforms) {

    /** An image as it is. */
    Draw(long index) {
        this(index, List.of());
    }
}
