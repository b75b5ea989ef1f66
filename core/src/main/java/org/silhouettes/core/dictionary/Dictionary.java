package org.silhouettes.core.dictionary;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.silhouettes.linalg.UnitNorm;

/**
 * A dictionary W, [atoms, values], float32, row-major, one unit-norm atom per row; group g is rows g·d … g·d+d−1. The
 * version counts its updates. Mutable and not thread-safe: an update writes into {@link #atoms()} and then calls
 * {@link #updated()}.
 */
public final class Dictionary {

    private final DictionaryShape shape;
    private final float[] atoms;
    private long version;

    /**
     * @param atoms [shape.atoms(), shape.values()], kept, not copied
     * @param version number of updates so far
     */
    public Dictionary(DictionaryShape shape, float[] atoms, long version) {
        if (atoms.length != shape.size()) {
            throw new IllegalArgumentException(
                    "dictionary has " + atoms.length + " values, " + shape + " needs " + shape.size());
        }
        this.shape = shape;
        this.atoms = atoms;
        this.version = version;
    }

    public DictionaryShape shape() {
        return shape;
    }

    /** The live array, [atoms, values]; call {@link #updated()} after writing to it. */
    public float[] atoms() {
        return atoms;
    }

    /** Number of updates so far; 0 is the initial dictionary. */
    public long version() {
        return version;
    }

    /** Marks the end of one update: the version grows by one. */
    public void updated() {
        version++;
    }

    /** A copy of group g's atoms, [groupSize, values]. */
    public float[] group(int g) {
        int length = shape.groupSize() * shape.values();
        return Arrays.copyOfRange(atoms, g * length, (g + 1) * length);
    }

    /** An independent copy at the same version. */
    public Dictionary copy() {
        return new Dictionary(shape, atoms.clone(), version);
    }

    /** Scales every atom to unit Euclidean norm; an atom of zero norm is left as it is (never divided by its norm). */
    public void normaliseInPlace() {
        for (int k = 0; k < shape.atoms(); k++) {
            normaliseAtomInPlace(k);
        }
    }

    /** Scales atom k to unit norm; an atom of zero norm is left as it is. */
    public void normaliseAtomInPlace(int k) {
        UnitNorm.scale(atoms, k * shape.values(), shape.values());
    }

    /** SHA-256 of the little-endian float32 values of all atoms in order, in lower-case hexadecimal. */
    public String sha256() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            int row = shape.values();
            ByteBuffer buffer = ByteBuffer.allocate(row * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            for (int k = 0; k < shape.atoms(); k++) {
                buffer.clear();
                buffer.asFloatBuffer().put(atoms, k * row, row);
                digest.update(buffer.array());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
