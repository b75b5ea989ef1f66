package org.silhouettes.core.initialisation;

/** Converts an assignment of points to parts into lists of members. */
final class Partition {

    private Partition() {}

    /**
     * Indices of the members of each part, ascending.
     *
     * @param parts part of every point, 0 … count − 1; points with a negative part are omitted
     */
    static int[][] members(int[] parts, int count) {
        int[] sizes = new int[count];
        for (int part : parts) {
            if (part >= 0) {
                sizes[part]++;
            }
        }
        int[][] members = new int[count][];
        for (int part = 0; part < count; part++) {
            members[part] = new int[sizes[part]];
        }
        int[] filled = new int[count];
        for (int i = 0; i < parts.length; i++) {
            if (parts[i] >= 0) {
                members[parts[i]][filled[parts[i]]++] = i;
            }
        }
        return members;
    }
}
