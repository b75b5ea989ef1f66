package org.silhouettes.producers.replay;

/** In which order a pass takes a source's images. */
public enum Order {
    /** As they lie in the source. */
    FILE,
    /** A new permutation every pass, all of them decided by the seed. */
    SHUFFLED,
    /** All images of the first class, then all of the second, …; within a class as they lie in the source. */
    BY_CLASS,
    /** By the time at which they were taken; needs a source that knows it. */
    BY_TIME
}
