package org.silhouettes.producers.replay;

import org.silhouettes.producers.dataset.ImageSource;

/**
 * Which image stands at which position of a replay: a function of the position, so that a replay resumes anywhere and
 * sends what it would have sent.
 */
interface Schedule {

    /** A schedule's length where it never ends. */
    long ENDLESS = ImageSource.ENDLESS;

    /** Number of positions, or {@link #ENDLESS}. */
    long length();

    /** What stands at {@code position}, 0 … length − 1. */
    Draw at(long position);
}
