package org.silhouettes.core.initialisation;

import java.util.Arrays;
import org.silhouettes.linalg.Random64;

/**
 * Groups for classes of images that a dictionary's groups were not made of. Communities of recent images are found as at the
 * start; one is new where prototypes of its own are more than twice as near to its members as those of the {@link PrototypeClassifier}, in
 * 1 − cosine. (MNIST, 2,000 images after 4,000 at the start: .24 to .43 of the distance for communities of new digits, .68 to
 * .88 where the digits were known.) No label is involved.
 *
 * @param groups how many new groups there are
 * @param atoms theirs, unit norm, [groups · groupSize, values]
 * @param guide tells of the new groups too, which follow those that it knew, and of hardly any strangers among the recent
 *     images
 */
@SuppressWarnings("ArrayRecordComponent")
public record NovelGroups(int groups, float[] atoms, PrototypeClassifier guide) {

    private static final double NEARER = 0.5;

    /**
     * Looks for new communities.
     *
     * @param recent the images that they are looked for in
     * @param most at most so many, the largest
     * @param random moved on by as many numbers as were drawn
     */
    public static NovelGroups find(
            PrototypeClassifier guide, WarmUp recent, Features features, int groupSize, int most, Random64 random) {
        CommunityGroups communities = new CommunityGroups(recent, random);
        Rows descriptors = communities.descriptors();
        int[][] found = communities.find(features, 0);
        float[] known = guide.cosines(descriptors);
        float[] own = PrototypeClassifier.of(recent.image(), descriptors, found, random)
                .cosines(descriptors);
        int[][] members = Arrays.stream(found)
                .filter(community -> distance(own, community) < NEARER * distance(known, community))
                .limit(most)
                .toArray(int[][]::new);
        return new NovelGroups(
                members.length, communities.atoms(members, groupSize), guide.joinedBy(descriptors, members, random));
    }

    /** Σ 1 − cosine over these images. */
    private static double distance(float[] cosines, int[] images) {
        // in this order: a stream's sum leaves its rounding to the Java release
        double sum = 0;
        for (int i : images) {
            sum += 1 - cosines[i];
        }
        return sum;
    }
}
