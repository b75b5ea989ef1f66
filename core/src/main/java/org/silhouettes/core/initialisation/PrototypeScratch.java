package org.silhouettes.core.initialisation;

import org.silhouettes.imaging.ImageShape;
import org.silhouettes.linalg.Kernels;
import org.silhouettes.linalg.PackedMatrix;

/**
 * Buffers of {@link PrototypeClassifier}s of one shape, so that a mini-batch allocates nothing. Allocated at the first use.
 * Memory in float32, with descriptors of up to 392 values: [capacity, descriptor + 32 · groups] and [32 · groups, descriptor]. Not
 * thread-safe.
 */
public final class PrototypeScratch implements AutoCloseable {

    private final int length;
    private final int prototypes;
    private final int capacity;
    private Rows descriptors;
    private float[] products;
    /** Prototypes transposed, [descriptor, prototypes]. */
    private PackedMatrix packed;

    private Rows loaded;

    /** @param capacity the largest mini-batch */
    public PrototypeScratch(ImageShape image, int groups, int capacity) {
        this.length = new GradientDescriptor(image).length();
        this.prototypes = Math.multiplyExact(groups, PrototypeClassifier.PROTOTYPES);
        this.capacity = capacity;
    }

    /** Bytes after the first use. */
    public static double bytes(ImageShape image, int groups, int capacity) {
        double length = GradientDescriptor.length(image);
        double prototypes = (double) groups * PrototypeClassifier.PROTOTYPES;
        double packed = Math.max(1 << 17, (prototypes + 64) * length);
        return Float.BYTES * (capacity * (length + prototypes) + packed);
    }

    /** Buffer for descriptors. */
    Rows descriptors(int count) {
        if (count > capacity) {
            throw new IllegalArgumentException("batch must have at most " + capacity + " images, got " + count);
        }
        if (descriptors == null) {
            descriptors = Rows.zeros(capacity, length);
            products = new float[Math.multiplyExact(capacity, prototypes)];
            packed = Kernels.best().packedMatrix(length, prototypes);
        }
        return descriptors;
    }

    /** Inner products of the descriptors with the prototypes, [count, prototypes], valid until the next call. */
    float[] products(Rows of, int count) {
        if (loaded != of) {
            packed.useTransposed(of.values());
            loaded = of;
        }
        packed.multiply(descriptors.values(), 0, count, products);
        return products;
    }

    @Override
    public void close() {
        if (packed != null) {
            packed.close();
        }
    }
}
