package org.silhouettes.producers.dataset;

/**
 * Classes of an endless stream: every {@code classes} images in a row hold each class once, in an order that the seed
 * decides. So both the class of an image and the n-th image of a class are arithmetic.
 */
record BalancedClasses(int classes, long seed) {

    int classOf(long index) {
        return permutation(index / classes)[(int) (index % classes)];
    }

    /** Index of the {@code n}-th image of a class. */
    long indexOf(int classIndex, long n) {
        int[] permutation = permutation(n);
        int at = 0;
        while (permutation[at] != classIndex) {
            at++;
        }
        return n * classes + at;
    }

    private int[] permutation(long block) {
        return Seeds.random(seed, block).permutation(classes);
    }
}
