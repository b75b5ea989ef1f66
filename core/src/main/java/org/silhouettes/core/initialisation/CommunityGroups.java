package org.silhouettes.core.initialisation;

/** Communities of images, and the atoms of a group for each: the k-means centres of its members. */
final class CommunityGroups {

    private final WarmUp images;
    private final Rows raw;
    private final Rows descriptors;
    private final Random64 random;

    CommunityGroups(WarmUp images, Random64 random) {
        this.images = images;
        this.raw = images.rawRows();
        this.descriptors = new GradientDescriptor(images.image()).describe(raw).unit();
        this.random = random;
    }

    /** {@link GradientDescriptor}s of the images, unit norm. */
    Rows descriptors() {
        return descriptors;
    }

    /**
     * Members of the communities, the largest community first.
     *
     * @param groups at most so many communities, and fewer only where there are too few images; 0 for as many as there are
     */
    int[][] find(Features features, int groups) {
        Rows compared = features == Features.GRADIENTS ? descriptors : raw;
        return groups == 0 ? Communities.find(compared, random) : Communities.find(compared, groups, random);
    }

    /**
     * The atoms of a group for each community, [communities · groupSize, values].
     *
     * @param members of every community; one without any is given all images
     */
    float[] atoms(int[][] members, int groupSize) {
        Rows centred = images.centredRows();
        AtomBuilder atoms = new AtomBuilder(members.length * groupSize, centred.length(), random);
        for (int[] community : members) {
            Rows own = community.length == 0 ? centred : centred.gather(community);
            atoms.addFilled(KMeans.euclidean(own, groupSize, random).centres(), groupSize);
        }
        return atoms.build();
    }
}
