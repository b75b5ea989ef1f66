package org.silhouettes.core.initialisation;

/** Method of the initialisation; all but {@link #LABELS} use the warm-up images without labels. */
public enum Initialisation {
    /** Gaussian atoms. */
    RANDOM,
    /** Orthonormal atoms within each group, or within the dictionary if it has no more atoms than values. */
    ORTHOGONAL,
    /** Warm-up images. */
    DATA,
    /** In each group, a random rotation of the d leading eigenvectors of the warm-up covariance. */
    PCA,
    /** Spherical k-means++ of the warm-up images; group g from members of cluster g. */
    KMEANS,
    /** Communities of the shared-nearest-neighbour graph of the warm-up images; atoms are their k-means centres. */
    COMMUNITY,
    /** Group g from warm-up images of class g: the only place where labels affect learning. */
    LABELS
}
