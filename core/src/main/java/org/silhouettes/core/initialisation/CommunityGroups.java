package org.silhouettes.core.initialisation;

import org.silhouettes.linalg.Random64;

/** Finds communities of images and builds the atoms of a group from each: the k-means centres of its members. */
final class CommunityGroups {

    private final WarmUp images;
    private final Rows descriptors;
    private final Random64 random;

    CommunityGroups(WarmUp images, Random64 random) {
        this.images = images;
        this.descriptors = descriptors(images);
        this.random = random;
    }

    /** Computed image by image: all images in float32 would be the largest array. */
    private static Rows descriptors(WarmUp images) {
        GradientDescriptor descriptor = new GradientDescriptor(images.image());
        Rows descriptors = Rows.zeros(images.count(), descriptor.length());
        float[] raw = new float[images.image().values()];
        for (int i = 0; i < images.count(); i++) {
            images.writeRaw(i, raw, 0);
            descriptor.describe(raw, 0, descriptors.values(), i * descriptor.length());
            descriptors.normaliseInPlace(i);
        }
        return descriptors;
    }

    /** {@link GradientDescriptor}s of the images, unit norm. */
    Rows descriptors() {
        return descriptors;
    }

    /**
     * Members of the communities, the largest community first.
     *
     * @param groups number of communities, fewer only with too few images; 0 leaves the number open
     */
    int[][] find(Features features, int groups) {
        Rows compared = features == Features.GRADIENTS ? descriptors : images.rawRows();
        return groups == 0 ? Communities.find(compared, random) : Communities.find(compared, groups, random);
    }

    /**
     * The atoms of a group for each community, [communities · groupSize, values].
     *
     * @param members of each community; an empty one uses all images
     */
    float[] atoms(int[][] members, int groupSize) {
        AtomBuilder atoms =
                new AtomBuilder(members.length * groupSize, images.image().values(), random);
        for (int[] community : members) {
            Rows own = community.length == 0 ? images.centredRows() : images.centredRows(community);
            atoms.addFilled(KMeans.euclidean(own, groupSize, random).centres(), groupSize);
        }
        return atoms.build();
    }
}
