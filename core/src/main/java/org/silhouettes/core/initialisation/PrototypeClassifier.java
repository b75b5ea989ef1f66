package org.silhouettes.core.initialisation;

import java.util.Arrays;
import org.silhouettes.core.state.Prototypes;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.linalg.Random64;

/**
 * Tells which group an image belongs to by the communities that the dictionary began with, without any label: that of the
 * nearest prototype by cosine of {@link GradientDescriptor}s. An image that is less like its nearest prototype than all
 * but a few of the warm-up images were belongs to none: it may be of a class that the warm-up did not hold.
 *
 * <p>Not thread-safe. Its state, {@link #prototypes()}, is never changed.
 */
public final class PrototypeClassifier {

    /** No group. */
    public static final int NONE = -1;

    static final int PROTOTYPES = 32;

    /** Fewer members than this to a prototype, and members would be far nearer to theirs than images to come. */
    private static final int MEMBERS = 8;

    private static final double STRANGERS = 0.01;

    private final ImageShape image;
    private final Prototypes state;
    private final Rows prototypes;
    private final float leastCosine;
    private final GradientDescriptor descriptor;

    /**
     * Restores a guide.
     *
     * @param state of {@link #prototypes()}
     */
    public PrototypeClassifier(ImageShape image, int groups, Prototypes state) {
        this.image = image;
        this.state = state;
        this.descriptor = new GradientDescriptor(image);
        int count = groups * PROTOTYPES;
        if (count * descriptor.length() != state.values().length) {
            throw new IllegalArgumentException("a guide of " + state.values().length + " values does not belong to "
                    + groups + " groups of images of " + image);
        }
        this.prototypes = new Rows(state.values(), count, descriptor.length());
        this.leastCosine = state.minCosine();
    }

    /**
     * Learns the prototypes: the spherical k-means centres of every group's members, repeated where there are few members.
     *
     * @param descriptors of all images, unit norm
     * @param members indices of every group's images; a group without any is given all
     */
    static PrototypeClassifier of(ImageShape image, Rows descriptors, int[][] members, Random64 random) {
        return new PrototypeClassifier(image, 0, new Prototypes(new float[0], 1))
                .joinedBy(descriptors, members, random);
    }

    /**
     * The same with further groups, which follow those there are. The least cosine falls, if it has to, so that hardly any of
     * the images are strangers.
     *
     * @param members indices of every further group's images; a group without any is given all
     */
    PrototypeClassifier joinedBy(Rows descriptors, int[][] members, Random64 random) {
        int length = descriptors.length();
        int known = prototypes.count() / PROTOTYPES;
        int groups = known + members.length;
        float[] joined = Arrays.copyOf(prototypes.values(), groups * PROTOTYPES * length);
        for (int g = 0; g < members.length; g++) {
            Rows own = members[g].length == 0 ? descriptors : descriptors.gather(members[g]);
            int distinct = Math.max(1, Math.min(PROTOTYPES, own.count() / MEMBERS));
            Rows centres = KMeans.spherical(own, distinct, random).centres();
            for (int p = 0; p < PROTOTYPES; p++) {
                int to = ((known + g) * PROTOTYPES + p) * length;
                System.arraycopy(centres.values(), p % centres.count() * length, joined, to, length);
            }
        }
        float[] cosines =
                new PrototypeClassifier(image, groups, new Prototypes(joined, leastCosine)).cosines(descriptors);
        Arrays.sort(cosines);
        float least = Math.min(leastCosine, cosines[(int) (STRANGERS * cosines.length)]);
        return new PrototypeClassifier(image, groups, new Prototypes(joined, least));
    }

    /** All that is persisted: prototypes, [groups · 32, length], and the least cosine of a member. */
    public Prototypes prototypes() {
        return state;
    }

    /**
     * The group of every image, or {@link #NONE}.
     *
     * @param raw images in [0, 1], not centred, [count, values]
     * @param targets [count …], written
     * @param scratch for images and groups of this shape, and for {@code count} images at least
     */
    public void targets(float[] raw, int count, int[] targets, PrototypeScratch scratch) {
        Rows descriptors = scratch.descriptors(count);
        int length = image.values();
        for (int i = 0; i < count; i++) {
            descriptor.describe(raw, i * length, descriptors.values(), i * descriptors.length());
            descriptors.normaliseInPlace(i);
        }
        float[] products = scratch.products(prototypes, count);
        for (int i = 0; i < count; i++) {
            int best = nearest(products, i);
            targets[i] = products[i * prototypes.count() + best] < leastCosine ? NONE : best / PROTOTYPES;
        }
    }

    /** Cosines of the descriptors with their nearest prototypes. */
    float[] cosines(Rows descriptors) {
        float[] products = descriptors.timesTransposed(prototypes).values();
        float[] cosines = new float[descriptors.count()];
        for (int i = 0; i < cosines.length; i++) {
            cosines[i] = products[i * prototypes.count() + nearest(products, i)];
        }
        return cosines;
    }

    /** The first of the nearest prototypes of descriptor i. */
    private int nearest(float[] products, int i) {
        int best = 0;
        int from = i * prototypes.count();
        for (int p = 1; p < prototypes.count(); p++) {
            if (products[from + p] > products[from + best]) {
                best = p;
            }
        }
        return best;
    }
}
