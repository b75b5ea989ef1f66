package org.silhouettes.linalg;

/**
 * Arrays for what vectors read over and over: from {@link #FIRST} on a vector is aligned if the array is, and one so large
 * that G1 gives it regions of its own (of 1 MB each in heaps below 4 GB) is. A load that crosses two cache lines takes twice
 * as long.
 */
final class AlignedArray {

    /** Values, after the 16 bytes of an array's head, up to the next multiple of 64 bytes. */
    static final int FIRST = 12;
    /** Half a region of G1, in values. */
    private static final int OWN_REGION = 1 << 17;
    /** Of fewer values than this none are read so often that a region of their own would pay: they are where they come to be. */
    private static final int SMALL = 1 << 15;

    private AlignedArray() {}

    /** The given number of zeros from {@link #FIRST} on. */
    static float[] of(int length) {
        return new float[length(length)];
    }

    /** Length of the array that holds the given number of values. */
    static int length(int values) {
        int length = Math.addExact(FIRST, values);
        return length < SMALL ? length : Math.max(OWN_REGION, length);
    }
}
