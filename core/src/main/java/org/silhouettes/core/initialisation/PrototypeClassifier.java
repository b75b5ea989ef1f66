package org.silhouettes.core.initialisation;

import java.util.Arrays;
import org.silhouettes.core.state.Prototypes;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.linalg.Random64;

/**
 * Assigns an image to the group of the nearest prototype by cosine of {@link GradientDescriptor}s. Prototypes come from the
 * communities that groups were made from, without labels. An image is novel if its cosine is below that of nearly all images the
 * prototypes were made from: it may be of a class that those did not contain.
 *
 * <p>Not thread-safe. Its state, {@link #prototypes()}, is immutable.
 */
public final class PrototypeClassifier {

    /** No group: the image is novel. */
    public static final int NONE = -1;

    static final int PROTOTYPES = 32;

    /** Minimum number of members per prototype; with fewer, members would be far nearer than later images. */
    private static final int MIN_MEMBERS = 8;

    private static final double MAX_NOVEL_SHARE = 0.01;

    private final ImageShape image;
    private final Prototypes state;
    private final Rows prototypes;
    private final float minCosine;
    private final GradientDescriptor descriptor;

    /**
     * Restores a classifier.
     *
     * @param state of {@link #prototypes()}
     */
    public PrototypeClassifier(ImageShape image, int groups, Prototypes state) {
        this.image = image;
        this.state = state;
        this.descriptor = new GradientDescriptor(image);
        int count = groups * PROTOTYPES;
        if (count * descriptor.length() != state.values().length) {
            throw new IllegalArgumentException("prototypes of " + state.values().length + " values do not fit " + groups
                    + " groups of images of " + image);
        }
        this.prototypes = new Rows(state.values(), count, descriptor.length());
        this.minCosine = state.minCosine();
    }

    /**
     * Computes the prototypes: the spherical k-means centres of each group's members, repeated if there are few members.
     *
     * @param descriptors of all images, unit norm
     * @param members indices of each group's images; an empty group uses all images
     */
    static PrototypeClassifier of(ImageShape image, Rows descriptors, int[][] members, Random64 random) {
        return new PrototypeClassifier(image, 0, new Prototypes(new float[0], 1))
                .withGroups(descriptors, members, random);
    }

    /**
     * The same classifier with further groups behind the existing ones. The minimum cosine is lowered if needed, so that at
     * most 1 % of the images are novel.
     *
     * @param members indices of each further group's images; an empty group uses all images
     */
    PrototypeClassifier withGroups(Rows descriptors, int[][] members, Random64 random) {
        int length = descriptors.length();
        int known = prototypes.count() / PROTOTYPES;
        int groups = known + members.length;
        float[] all = Arrays.copyOf(prototypes.values(), groups * PROTOTYPES * length);
        for (int g = 0; g < members.length; g++) {
            Rows own = members[g].length == 0 ? descriptors : descriptors.select(members[g]);
            int distinct = Math.max(1, Math.min(PROTOTYPES, own.count() / MIN_MEMBERS));
            Rows centres = KMeans.spherical(own, distinct, random).centres();
            for (int p = 0; p < PROTOTYPES; p++) {
                int to = ((known + g) * PROTOTYPES + p) * length;
                System.arraycopy(centres.values(), p % centres.count() * length, all, to, length);
            }
        }
        float[] cosines = new PrototypeClassifier(image, groups, new Prototypes(all, minCosine)).cosines(descriptors);
        Arrays.sort(cosines);
        float min = Math.min(minCosine, cosines[(int) (MAX_NOVEL_SHARE * cosines.length)]);
        return new PrototypeClassifier(image, groups, new Prototypes(all, min));
    }

    /** The state to persist: prototypes, [groups · 32, length], and the minimum cosine of a member. */
    public Prototypes prototypes() {
        return state;
    }

    /**
     * Assigns images to groups.
     *
     * @param raw images in [0, 1], not centred, [count, values]
     * @param targets group of each image or {@link #NONE}, at least [count]; overwritten
     * @param scratch for this image shape and number of groups, and for at least {@code count} images
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
            targets[i] = products[i * prototypes.count() + best] < minCosine ? NONE : best / PROTOTYPES;
        }
    }

    /** Cosine of each descriptor with its nearest prototype. */
    float[] cosines(Rows descriptors) {
        float[] products = descriptors.timesTransposed(prototypes).values();
        float[] cosines = new float[descriptors.count()];
        for (int i = 0; i < cosines.length; i++) {
            cosines[i] = products[i * prototypes.count() + nearest(products, i)];
        }
        return cosines;
    }

    /** Index of the nearest prototype of descriptor i, ties by lower index. */
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
