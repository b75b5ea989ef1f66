package org.silhouettes.core.initialisation;

import java.util.Arrays;
import org.silhouettes.core.dictionary.ImageShape;

/**
 * Tells which group an image belongs to by the communities that the dictionary began with, without any label: that of the
 * nearest prototype by cosine of {@link GradientDescriptor}s. An image that is less like its nearest prototype than all
 * but a few of the warm-up images were belongs to none: it may be of a class that the warm-up did not hold.
 *
 * <p>Not thread-safe. Its state, {@link #values()}, is never changed.
 */
public final class Guide {

    /** No group. */
    public static final int NONE = -1;

    private static final int PROTOTYPES = 32;
    /** Fewer members than this to a prototype, and members would be far nearer to theirs than images to come. */
    private static final int MEMBERS = 8;

    private static final double STRANGERS = 0.01;

    private final int groups;
    private final float[] values;
    private final Rows prototypes;
    private final float leastCosine;
    private final GradientDescriptor descriptor;

    /**
     * Restores a guide.
     *
     * @param values of {@link #values()}
     */
    public Guide(ImageShape image, int groups, float[] values) {
        this.groups = groups;
        this.values = values;
        this.descriptor = new GradientDescriptor(image);
        int count = groups * PROTOTYPES;
        if (count * descriptor.length() + 1 != values.length) {
            throw new IllegalArgumentException("a guide of " + values.length + " values does not belong to " + groups
                    + " groups of images of " + image);
        }
        this.prototypes = new Rows(values, count, descriptor.length());
        this.leastCosine = values[values.length - 1];
    }

    /**
     * Learns the prototypes: the spherical k-means centres of every group's members, repeated where there are few members.
     *
     * @param descriptors of all images, unit norm
     * @param members indices of every group's images; a group without any is given all
     */
    static Guide of(ImageShape image, Rows descriptors, int[][] members, Random64 random) {
        int length = descriptors.length();
        float[] values = new float[members.length * PROTOTYPES * length + 1];
        for (int g = 0; g < members.length; g++) {
            Rows own = members[g].length == 0 ? descriptors : descriptors.gather(members[g]);
            int distinct = Math.max(1, Math.min(PROTOTYPES, own.count() / MEMBERS));
            Rows centres = KMeans.spherical(own, distinct, random).centres();
            for (int p = 0; p < PROTOTYPES; p++) {
                System.arraycopy(
                        centres.values(), p % centres.count() * length, values, (g * PROTOTYPES + p) * length, length);
            }
        }
        values[values.length - 1] = -1;
        Guide all = new Guide(image, members.length, values);
        float[] cosines = all.nearest(descriptors).cosines();
        Arrays.sort(cosines);
        values[values.length - 1] = cosines[(int) (STRANGERS * cosines.length)];
        return new Guide(image, members.length, values);
    }

    /** All there is to persist: prototypes of unit norm, [groups · 32, length], and the least cosine of a member. */
    public float[] values() {
        return values;
    }

    /**
     * The group of every image, or {@link #NONE}.
     *
     * @param raw images in [0, 1], not centred, [count, values]
     * @param targets [count …], written
     */
    public void targets(float[] raw, int count, int[] targets) {
        Rows images = new Rows(raw, count, raw.length / Math.max(1, count));
        Nearest nearest = nearest(descriptor.describe(images).unit());
        for (int i = 0; i < count; i++) {
            targets[i] = nearest.cosines()[i] < leastCosine ? NONE : nearest.groups()[i];
        }
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Nearest(int[] groups, float[] cosines) {}

    private Nearest nearest(Rows descriptors) {
        int[] best = new int[descriptors.count()];
        float[] cosines = new float[descriptors.count()];
        float[] products = descriptors.timesTransposed(prototypes).values();
        int perGroup = prototypes.count() / groups;
        for (int i = 0; i < best.length; i++) {
            cosines[i] = Float.NEGATIVE_INFINITY;
            for (int p = 0; p < prototypes.count(); p++) {
                float cosine = products[i * prototypes.count() + p];
                if (cosine > cosines[i]) {
                    cosines[i] = cosine;
                    best[i] = p / perGroup;
                }
            }
        }
        return new Nearest(best, cosines);
    }
}
