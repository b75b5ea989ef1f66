package org.silhouettes.core.initialisation;

import java.util.Arrays;
import org.silhouettes.linalg.Random64;

/**
 * New groups for classes of images that none of a dictionary's groups was made from. Communities of the novel images are found as
 * in the initialisation. A community is new if its own prototypes are more than twice as near to its members as those of the
 * {@link PrototypeClassifier}, in 1 − cosine. (MNIST, 2,000 images after 4,000 at the initialisation: .24 to .43 of the distance
 * for communities of new digits, .68 to .88 for known digits.) No label is involved.
 *
 * @param groups number of new groups
 * @param atoms of the new groups, unit norm, [groups · group size, values]
 * @param classifier extended by the new groups, which follow the existing ones; it assigns nearly all of the images
 */
@SuppressWarnings("ArrayRecordComponent")
public record NovelGroups(int groups, float[] atoms, PrototypeClassifier classifier) {

    private static final double MAX_RELATIVE_DISTANCE = 0.5;

    /**
     * Searches for new communities.
     *
     * @param novel images to search
     * @param max maximum number of new groups; the largest communities are used
     * @param random advanced by the numbers that are drawn
     */
    public static NovelGroups find(
            PrototypeClassifier classifier, WarmUp novel, Features features, int groupSize, int max, Random64 random) {
        CommunityGroups communities = new CommunityGroups(novel, random);
        Rows descriptors = communities.descriptors();
        int[][] found = communities.find(features, 0);
        float[] known = classifier.cosines(descriptors);
        float[] own = PrototypeClassifier.of(novel.image(), descriptors, found, random)
                .cosines(descriptors);
        int[][] members = Arrays.stream(found)
                .filter(community -> distance(own, community) < MAX_RELATIVE_DISTANCE * distance(known, community))
                .limit(max)
                .toArray(int[][]::new);
        return new NovelGroups(
                members.length,
                communities.atoms(members, groupSize),
                classifier.withGroups(descriptors, members, random));
    }

    /** Σ (1 − cosine) over these images. */
    private static double distance(float[] cosines, int[] images) {
        // a loop, because the rounding of DoubleStream.sum depends on the Java release
        double sum = 0;
        for (int i : images) {
            sum += 1 - cosines[i];
        }
        return sum;
    }
}
