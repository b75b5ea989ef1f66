package org.silhouettes.core.dictionary;

/** What is read off the group norms n_g = ‖x_g‖₂ of codes. */
public final class GroupNorms {

    private GroupNorms() {}

    /**
     * The strongest of an image's groups, the lowest such; −1 for a silent image.
     *
     * @param norms n_g of one image or more, its own from {@code from} on
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
