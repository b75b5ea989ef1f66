package org.silhouettes.core.dictionary;

/** Functions of the group norms n_g = ‖x_g‖₂ of codes. */
public final class GroupNorms {

    private GroupNorms() {}

    /**
     * Index of an image's strongest group, ties by lower index; −1 for a zero code.
     *
     * @param norms n_g of one or more images; those of the image start at {@code from}
     */
    public static int strongest(float[] norms, int from, int groups) {
        int winner = -1;
        float largest = 0;
        for (int g = 0; g < groups; g++) {
            if (norms[from + g] > largest) {
                largest = norms[from + g];
                winner = g;
            }
        }
        return winner;
    }
}
