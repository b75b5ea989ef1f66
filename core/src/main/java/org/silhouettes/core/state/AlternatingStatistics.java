package org.silhouettes.core.state;

import java.util.Arrays;

/**
 * Sufficient statistics of the alternating update: A, the codes' second moments [atoms, atoms], and B, the products of
 * codes and images [atoms, values]. They are empty until the first update.
 */
public final class AlternatingStatistics {

    private float[] a;
    private float[] b;

    public AlternatingStatistics() {
        this(new float[0], new float[0]);
    }

    /** Restores statistics; keeps the arrays. */
    public AlternatingStatistics(float[] a, float[] b) {
        this.a = a;
        this.b = b;
    }

    /** Makes A and B zeros where they do not have the size of these atoms. */
    public void ensure(int atoms, int values) {
        a = Sized.floats(a, Math.multiplyExact(atoms, atoms));
        b = Sized.floats(b, Math.multiplyExact(atoms, values));
    }

    /** A, live. */
    public float[] a() {
        return a;
    }

    /** B, live. */
    public float[] b() {
        return b;
    }

    void resetAtom(int atom, int atoms, int values) {
        Sized.clearRow(b, atom, values);
        if (a.length == atoms * atoms) {
            Sized.clearRow(a, atom, atoms);
            for (int j = 0; j < atoms; j++) {
                a[j * atoms + atom] = 0;
            }
        }
    }

    void grow(int before, int atoms, int values) {
        if (a.length == before * before && b.length == before * values) {
            float[] grown = new float[Math.multiplyExact(atoms, atoms)];
            for (int j = 0; j < before; j++) {
                System.arraycopy(a, j * before, grown, j * atoms, before);
            }
            a = grown;
            b = Arrays.copyOf(b, atoms * values);
        }
    }

    AlternatingStatistics copy() {
        return new AlternatingStatistics(a.clone(), b.clone());
    }
}
