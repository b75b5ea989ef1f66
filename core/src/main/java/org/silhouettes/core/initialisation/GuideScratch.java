package org.silhouettes.core.initialisation;

import org.silhouettes.core.dictionary.ImageShape;
import org.silhouettes.core.linalg.Blas;
import org.silhouettes.core.linalg.Matrix;

/**
 * Room in which {@link Guide}s of one shape work, so that a mini-batch allocates nothing. Made at its first use. Memory, in
 * float32, with descriptors of up to 392 values: [capacity, descriptor + 32 · groups] on the heap and as much off it, and
 * [32 · groups, descriptor] off it. Not thread-safe.
 */
public final class GuideScratch implements AutoCloseable {

    private final int length;
    private final int prototypes;
    private final int capacity;
    private Rows descriptors;
    private float[] products;
    private Matrix left;
    private Matrix right;
    private Matrix out;
    private Matrix.Part allLeft;
    private Matrix.Part allRight;
    private Matrix.Part allOut;
    private Rows loaded;

    /** @param capacity the largest mini-batch */
    public GuideScratch(ImageShape image, int groups, int capacity) {
        this.length = new GradientDescriptor(image).length();
        this.prototypes = Math.multiplyExact(groups, Guide.PROTOTYPES);
        this.capacity = capacity;
    }

    /** Room for so many descriptors. */
    Rows descriptors(int count) {
        if (count > capacity) {
            throw new IllegalArgumentException("batch of " + count + " images, this scratch takes up to " + capacity);
        }
        if (descriptors == null) {
            descriptors = Rows.zeros(capacity, length);
            products = new float[Math.multiplyExact(capacity, prototypes)];
            left = new Matrix(capacity, length);
            right = new Matrix(prototypes, length);
            out = new Matrix(capacity, prototypes);
            allLeft = left.all();
            allRight = right.all();
            allOut = out.all();
        }
        return descriptors;
    }

    /** Inner products of the descriptors with the prototypes, [count, prototypes], until the next call. */
    float[] products(Rows of, int count) {
        if (loaded != of) {
            right.put(0, of.values(), 0, prototypes * length);
            loaded = of;
        }
        left.put(0, descriptors.values(), 0, count * length);
        Blas.multiplyTransposed(count, prototypes, length, 1, allLeft, allRight, 0, allOut);
        out.get(0, products, 0, count * prototypes);
        return products;
    }

    @Override
    public void close() {
        if (left != null) {
            left.close();
            right.close();
            out.close();
        }
    }
}
