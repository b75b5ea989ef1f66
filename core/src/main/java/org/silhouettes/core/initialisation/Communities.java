package org.silhouettes.core.initialisation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import nl.cwts.networkanalysis.Clustering;
import nl.cwts.networkanalysis.LouvainAlgorithm;
import nl.cwts.networkanalysis.Network;
import org.silhouettes.linalg.Random64;

/**
 * Communities of images in their shared-nearest-neighbour graph, by Louvain's method (Blondel et al. 2008) with modularity at a
 * resolution (Reichardt & Bornholdt 2006). Communities of less than 1 % of the images are dropped; their images belong to none.
 */
final class Communities {

    /** Nearest neighbours of an image in the graph. */
    static final int NEIGHBOURS = 10;
    /** Measured on MNIST: 11 communities at 8,000 images, normalised mutual information .84 with the digits. */
    static final double RESOLUTION = 0.5;

    private static final double MIN_SHARE = 0.01;
    private static final double MIN_RESOLUTION = 1e-3;
    private static final double MAX_RESOLUTION = 64;
    private static final int SEARCH_STEPS = 12;

    private final Rows points;
    private final Network network;
    private final Random64 random;

    private Communities(Rows points, Random64 random) {
        this.points = points;
        this.network = NeighbourGraph.sharedNeighbours(points, NEIGHBOURS);
        this.random = random;
    }

    /** Members of each community at the default resolution, the largest community first. */
    static int[][] find(Rows points, Random64 random) {
        return new Communities(points, random).at(RESOLUTION);
    }

    /**
     * Members of {@code count} communities, or of fewer with too few points, the largest community first. Searches the
     * resolution. If none gives this number, the nearest result is adjusted: small communities are merged into the most
     * similar one, or large ones are split in two.
     */
    static int[][] find(Rows points, int count, Random64 random) {
        Communities communities = new Communities(points, random);
        return communities.adjusted(communities.searched(count), count);
    }

    private int[][] at(double resolution) {
        Clustering clustering = new Clustering(network.getNNodes());
        double weight = 2 * network.getTotalEdgeWeight() + network.getTotalEdgeWeightSelfLinks();
        if (weight > 0) {
            new LouvainAlgorithm(exact(resolution / weight, weight), 0, new Random(random.nextLong()))
                    .improveClustering(network, clustering);
        }
        clustering.orderClustersByNNodes();
        int[][] all = Partition.members(clustering.getClusters(), clustering.getNClusters());
        int kept = 0;
        while (kept < all.length && all[kept].length >= MIN_SHARE * points.count()) {
            kept++;
        }
        int[][] large = new int[Math.max(1, kept)][];
        System.arraycopy(all, 0, large, 0, large.length);
        return large;
    }

    /**
     * Rounds the resolution so that its products with two sums of integer edge weights are exact. The library moves nodes
     * while the gain is positive; with rounding errors, moves between equal positions would never end.
     */
    private static double exact(double resolution, double weight) {
        int bits = Math.max(4, 53 - 2 * (Math.getExponent(weight) + 1));
        double unit = Math.scalb(1.0, Math.getExponent(resolution) + 1 - bits);
        return Math.rint(resolution / unit) * unit;
    }

    /** Bisects the logarithm of the resolution; a higher resolution gives more communities. */
    private int[][] searched(int count) {
        double low = StrictMath.log(MIN_RESOLUTION);
        double high = StrictMath.log(MAX_RESOLUTION);
        double next = StrictMath.log(RESOLUTION);
        int[][] nearest = at(RESOLUTION);
        int[][] found = nearest;
        for (int step = 0; step < SEARCH_STEPS && nearest.length != count; step++) {
            if (found.length < count) {
                low = next;
            } else {
                high = next;
            }
            next = (low + high) / 2;
            found = at(StrictMath.exp(next));
            if (Math.abs(found.length - count) < Math.abs(nearest.length - count)) {
                nearest = found;
            }
        }
        return nearest;
    }

    private int[][] adjusted(int[][] communities, int count) {
        List<int[]> list = new ArrayList<>(List.of(communities));
        while (list.size() > count) {
            mergeSmallest(list);
        }
        while (list.size() < count && list.get(0).length > 1) {
            splitLargest(list);
        }
        return list.toArray(int[][]::new);
    }

    /** Merges the smallest community into the one with the nearest mean direction. */
    private void mergeSmallest(List<int[]> communities) {
        int[] smallest = communities.remove(communities.size() - 1);
        Rows means = Rows.zeros(communities.size(), points.length());
        for (int c = 0; c < communities.size(); c++) {
            System.arraycopy(
                    meanDirection(communities.get(c)).values(),
                    0,
                    means.values(),
                    c * points.length(),
                    points.length());
        }
        float[] similarity = meanDirection(smallest).timesTransposed(means).values();
        int best = 0;
        for (int c = 1; c < similarity.length; c++) {
            if (similarity[c] > similarity[best]) {
                best = c;
            }
        }
        int[] merged = IntStream.concat(IntStream.of(communities.remove(best)), IntStream.of(smallest))
                .sorted()
                .toArray();
        insertBySize(communities, merged);
    }

    private void splitLargest(List<int[]> communities) {
        int[] largest = communities.remove(0);
        int[][] halves = KMeans.spherical(points.select(largest), 2, random).members();
        if (halves[0].length == 0 || halves[1].length == 0) {
            // equal images cannot be separated by distance
            int[] order = IntStream.range(0, largest.length).toArray();
            halves = new int[][] {
                Arrays.copyOf(order, largest.length / 2), Arrays.copyOfRange(order, largest.length / 2, largest.length)
            };
        }
        for (int[] half : halves) {
            insertBySize(communities, IntStream.of(half).map(i -> largest[i]).toArray());
        }
    }

    private static void insertBySize(List<int[]> communities, int[] community) {
        int at = 0;
        while (at < communities.size() && communities.get(at).length >= community.length) {
            at++;
        }
        communities.add(at, community);
    }

    private Rows meanDirection(int[] members) {
        Rows unit = points.select(members).unit();
        Rows sum = Rows.zeros(1, points.length());
        for (int at = 0; at < unit.values().length; at++) {
            sum.values()[at % points.length()] += unit.values()[at];
        }
        return sum.unit();
    }
}
