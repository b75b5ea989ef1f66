package org.silhouettes.core.dictionary;

import org.silhouettes.imaging.ImageShape;

/** Γ groups of d atoms, each atom an image: the dictionary is [groups * groupSize, image.values()], row-major. */
public record DictionaryShape(int groups, int groupSize, ImageShape image) {

    public DictionaryShape {
        if (groups < 1 || groupSize < 1) {
            throw new IllegalArgumentException("a dictionary of " + groups + " groups of " + groupSize
                    + " atoms is empty: groups and group size are at least 1");
        }
    }

    /** Number of atoms, the paper's K = Γ·d. */
    public int atoms() {
        return Math.multiplyExact(groups, groupSize);
    }

    /** Values of one atom, the paper's m. */
    public int values() {
        return image.values();
    }

    /** Length of the dictionary's array: atoms() · values(). */
    public int size() {
        return Math.multiplyExact(atoms(), values());
    }

    @Override
    public String toString() {
        return groups + " groups of " + groupSize + " atoms of " + image;
    }
}
