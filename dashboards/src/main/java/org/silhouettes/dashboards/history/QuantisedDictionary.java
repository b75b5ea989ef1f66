package org.silhouettes.dashboards.history;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.silhouettes.core.dictionary.DictionaryShape;

/**
 * One version's atoms and mean image at 8 bits: value ≈ scale[k] · levels[k, i], where scale[k] = max|w_k| / 127. The
 * error is at most half a level, 0.4 % of the atom's largest value: no eye sees it, and it takes a quarter of float32.
 * Immutable.
 *
 * <p>{@link #bytes()} is what the page draws from, little-endian: int32 magic {@code "SIL1"}, groups, groupSize, height,
 * width, channels; float32 scales [atoms]; float32 scale of the mean; int8 levels [atoms, values]; int8 levels of the
 * mean [values].
 */
public final class QuantisedDictionary {

    /** The characters S, I, L, 1 in order of the bytes. */
    static final int MAGIC = 0x314C4953;

    static final int HEADER_BYTES = 6 * Integer.BYTES;
    private static final int LEVELS = 127;

    private final DictionaryShape shape;
    private final byte[] bytes;

    private QuantisedDictionary(DictionaryShape shape, byte[] bytes) {
        this.shape = shape;
        this.bytes = bytes;
    }

    /**
     * @param atoms [shape.atoms(), shape.values()], row-major
     * @param mean the mean image, [shape.values()]
     */
    public static QuantisedDictionary of(DictionaryShape shape, float[] atoms, float[] mean) {
        int rows = shape.atoms();
        int values = shape.values();
        if (atoms.length != shape.size() || mean.length != values) {
            throw new IllegalArgumentException("dictionary has " + atoms.length + " values and a mean image of "
                    + mean.length + ", " + shape + " needs " + shape.size() + " and " + values);
        }
        byte[] bytes = new byte[sizeOf(shape)];
        ByteBuffer out = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(MAGIC).putInt(shape.groups()).putInt(shape.groupSize());
        out.putInt(shape.image().height())
                .putInt(shape.image().width())
                .putInt(shape.image().channels());
        int levels = HEADER_BYTES + (rows + 1) * Float.BYTES;
        for (int k = 0; k < rows; k++) {
            out.putFloat(quantise(atoms, k * values, values, bytes, levels + k * values));
        }
        out.putFloat(quantise(mean, 0, values, bytes, levels + rows * values));
        return new QuantisedDictionary(shape, bytes);
    }

    private static int sizeOf(DictionaryShape shape) {
        return Math.addExact(
                HEADER_BYTES + (shape.atoms() + 1) * Float.BYTES, Math.addExact(shape.size(), shape.values()));
    }

    private static float quantise(float[] from, int start, int count, byte[] to, int at) {
        float largest = 0;
        for (int i = start; i < start + count; i++) {
            largest = Math.max(largest, Math.abs(from[i]));
        }
        if (!(largest > 0) || Float.isInfinite(largest)) {
            return 0;
        }
        float factor = LEVELS / largest;
        for (int i = 0; i < count; i++) {
            to[at + i] = (byte) Math.round(from[start + i] * factor);
        }
        return largest / LEVELS;
    }

    public DictionaryShape shape() {
        return shape;
    }

    /** The documented layout, live: not to be written to. */
    public byte[] bytes() {
        return bytes;
    }

    /** Atoms [atoms, values] as float32, to within half a level. */
    public float[] atoms() {
        return floats(0, shape.atoms());
    }

    /** The mean image [values] as float32, to within half a level. */
    public float[] mean() {
        return floats(shape.atoms(), 1);
    }

    /** Copies atom k's scale (float32) and levels (int8) into {@code out}. */
    public void putAtom(int k, ByteBuffer out) {
        out.putFloat(scale(k));
        out.put(bytes, levelsAt(k), shape.values());
    }

    /** How far each atom moved since another version: 1 − cosine, 0 (none) … 2 (turned over); [atoms]. */
    public float[] movementSince(QuantisedDictionary earlier) {
        if (!earlier.shape.equals(shape)) {
            throw new IllegalArgumentException("cannot compare " + shape + " with " + earlier.shape);
        }
        int values = shape.values();
        float[] movement = new float[shape.atoms()];
        for (int k = 0; k < movement.length; k++) {
            int at = levelsAt(k);
            long dot = 0;
            long here = 0;
            long there = 0;
            for (int i = at; i < at + values; i++) {
                dot += bytes[i] * earlier.bytes[i];
                here += bytes[i] * bytes[i];
                there += earlier.bytes[i] * earlier.bytes[i];
            }
            movement[k] = here == 0 || there == 0
                    ? (here == there ? 0 : 1)
                    : (float) Math.max(0, 1 - dot / Math.sqrt((double) here * there));
        }
        return movement;
    }

    private float scale(int k) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getFloat(HEADER_BYTES + k * Float.BYTES);
    }

    private int levelsAt(int k) {
        return HEADER_BYTES + (shape.atoms() + 1) * Float.BYTES + k * shape.values();
    }

    private float[] floats(int firstRow, int rows) {
        int values = shape.values();
        float[] out = new float[rows * values];
        for (int r = 0; r < rows; r++) {
            float scale = scale(firstRow + r);
            int at = levelsAt(firstRow + r);
            for (int i = 0; i < values; i++) {
                out[r * values + i] = scale * bytes[at + i];
            }
        }
        return out;
    }
}
