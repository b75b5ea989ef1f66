package org.silhouettes.core.initialisation;

/** Where the first dictionary comes from; all but {@link #LABELS} use the warm-up images without their labels. */
public enum Initialisation {
    /** Gaussian atoms. */
    RANDOM,
    /** Orthonormal atoms within every group (within the whole dictionary where it has no more atoms than values). */
    ORTHOGONAL,
    /** Images of the warm-up buffer. */
    DATA,
    /** Each group a random rotation of the same d leading eigenvectors of the warm-up covariance. */
    PCA,
    /** Spherical k-means++ on the warm-up buffer, group g from members of cluster g. */
    KMEANS,
    /** Communities of the shared-nearest-neighbour graph of the warm-up buffer, atoms their k-means centres. */
    COMMUNITY,
    /** Group g from warm-up images of class g: the one place where a label touches learning. */
    LABELS
}
