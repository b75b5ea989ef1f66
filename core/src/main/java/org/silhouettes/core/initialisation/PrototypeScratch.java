package org.silhouettes.core.initialisation;

import org.silhouettes.imaging.ImageShape;
import org.silhouettes.linalg.Kernels;
import org.silhouettes.linalg.PackedMatrix;

/**
 * Room in which {@link PrototypeClassifier}s of one shape work, so that a mini-batch allocates nothing. Made at its first use. Memory, in
 * float32, with descriptors of up to 392 values: [capacity, descriptor + 32 · groups] and [32 · groups, descriptor]. Not
 * thread-safe.
 */
public final class PrototypeScratch implements AutoCloseable {

    private final int length;
    private final int prototypes;
    private final int capacity;
    private Rows descriptors;
    private float[] products;
    /** Prototypes transposed, [descriptor, prototypes]. */
    private PackedMatrix factor;

    private Rows loaded;

    /** @param capacity the largest mini-batch */
    public PrototypeScratch(ImageShape image, int groups, int capacity) {
        this.length = new GradientDescriptor(image).length();
        this.prototypes = Math.multiplyExact(groups, PrototypeClassifier.PROTOTYPES);
        this.capacity = capacity;
    }

    /** Bytes that it takes once it is used. */
    public static double bytes(ImageShape image, int groups, int capacity) {
        double length = GradientDescriptor.length(image);
        double prototypes = (double) groups * PrototypeClassifier.PROTOTYPES;
        double factor = Math.max(1 << 17, (prototypes + 64) * length);
        return Float.BYTES * (capacity * (length + prototypes) + factor);
    }

    /** Room for so many descriptors. */
    Rows descriptors(int count) {
        if (count > capacity) {
            throw new IllegalArgumentException("batch of " + count + " images, this scratch takes up to " + capacity);
        }
        if (descriptors == null) {
            descriptors = Rows.zeros(capacity, length);
            products = new float[Math.multiplyExact(capacity, prototypes)];
            factor = Kernels.best().factor(length, prototypes);
        }
        return descriptors;
    }

    /** Inner products of the descriptors with the prototypes, [count, prototypes], until the next call. */
    float[] products(Rows of, int count) {
        if (loaded != of) {
            factor.useTransposed(of.values());
            loaded = of;
        }
        factor.multiply(descriptors.values(), 0, count, products);
        return products;
    }

    @Override
    public void close() {
        if (factor != null) {
            factor.close();
        }
    }
}
