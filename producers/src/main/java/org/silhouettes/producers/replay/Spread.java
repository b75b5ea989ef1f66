package org.silhouettes.producers.replay;

/** What several models get of one source. */
public enum Spread {
    /** Every model gets every image. */
    COPY,
    /** Image 0 goes to the first model, image 1 to the second, and so on in turn. */
    DEAL
}
