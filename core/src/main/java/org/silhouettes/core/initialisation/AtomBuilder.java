package org.silhouettes.core.initialisation;

import org.silhouettes.linalg.Random64;

/** Collects the atoms of a dictionary, each scaled to unit norm. */
final class AtomBuilder {

    /** Relative norm of the noise that makes atoms from the same vector distinct. */
    private static final double NOISE = 0.1;

    private final Rows atoms;
    private final Random64 random;
    private int next;

    AtomBuilder(int atoms, int length, Random64 random) {
        this.atoms = Rows.zeros(atoms, length);
        this.random = random;
    }

    /** Appends all rows as atoms. */
    void add(Rows rows) {
        for (int i = 0; i < rows.count(); i++) {
            add(rows, i, false);
        }
    }

    /**
     * Appends {@code count} rows in random order. With fewer rows, they repeat with small noise, so that no two atoms are
     * equal.
     *
     * @param rows at least one
     */
    void addDrawn(Rows rows, int count) {
        int[] order = random.permutation(rows.count());
        for (int a = 0; a < count; a++) {
            add(rows, order[a % order.length], a >= order.length);
        }
    }

    /** Appends the first {@code count} rows; missing ones are drawn from them with small noise. */
    void addFilled(Rows rows, int count) {
        int first = Math.min(rows.count(), count);
        for (int i = 0; i < first; i++) {
            add(rows, i, false);
        }
        for (int i = first; i < count; i++) {
            add(rows, random.nextInt(rows.count()), true);
        }
    }

    private void add(Rows rows, int i, boolean noisy) {
        System.arraycopy(rows.values(), i * rows.length(), atoms.values(), next * rows.length(), rows.length());
        atoms.normaliseInPlace(next);
        // an image that equals the mean image is zero: noise gives it a direction
        if (noisy || atoms.norm(next) == 0) {
            Rows noise = Noise.gaussian(1, atoms.length(), random).unit();
            for (int at = 0; at < atoms.length(); at++) {
                atoms.values()[next * atoms.length() + at] += (float) (NOISE * noise.values()[at]);
            }
            atoms.normaliseInPlace(next);
        }
        next++;
    }

    /** The finished atoms, [atoms, length]. */
    float[] build() {
        if (next != atoms.count()) {
            throw new IllegalStateException(next + " atoms were added, the dictionary has " + atoms.count());
        }
        return atoms.values();
    }
}
