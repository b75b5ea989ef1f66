package org.silhouettes.core.initialisation;

import java.util.Arrays;
import nl.cwts.networkanalysis.Network;
import nl.cwts.util.LargeDoubleArray;
import nl.cwts.util.LargeIntArray;
import org.silhouettes.linalg.PackedMatrix;

/**
 * Shared-nearest-neighbour graph (Jarvis & Patrick 1973). An edge joins two points if one is among the k nearest of the other by
 * cosine. Its weight is the Jaccard index |N[i] ∩ N[j]| / |N[i] ∪ N[j]| of the closed neighbourhoods N[i] = {i} ∪ the k nearest
 * of i, in integer 64ths, so that sums of weights are exact.
 */
final class NeighbourGraph {

    private static final int BLOCK = 512;
    private static final int WEIGHT_UNITS = 64;

    private NeighbourGraph() {}

    /** The graph of these points as an undirected network, edge weights in 64ths, node weights their sums. */
    static Network sharedNeighbours(Rows points, int k) {
        int[][] closed = closedNeighbourhoods(nearest(points.unit(), Math.min(k, points.count() - 1)));
        LargeIntArray[] edges = {new LargeIntArray(0), new LargeIntArray(0)};
        LargeDoubleArray weights = new LargeDoubleArray(0);
        for (int i = 0; i < closed.length; i++) {
            for (int j : closed[i]) {
                // an edge that both points list is added by the lower one
                if (j > i || (j < i && Arrays.binarySearch(closed[j], i) < 0)) {
                    edges[0].append(i);
                    edges[1].append(j);
                    weights.append(Math.max(1, Math.round(WEIGHT_UNITS * jaccard(closed[i], closed[j]))));
                }
            }
        }
        return new Network(points.count(), true, edges, weights, false, false);
    }

    /**
     * The k nearest neighbours of each point by cosine, ties by lower index.
     *
     * @param unit points of unit norm, or zero
     * @param k 0 … points − 1
     * @return [points][k]
     */
    static int[][] nearest(Rows unit, int k) {
        int n = unit.count();
        int[][] nearest = new int[n][];
        float[] cosines = new float[Math.multiplyExact(Math.min(BLOCK, n), n)];
        try (PackedMatrix all = unit.packedTransposed()) {
            for (int from = 0; from < n; from += BLOCK) {
                int rows = Math.min(BLOCK, n - from);
                all.multiply(unit.values(), from * unit.length(), rows, cosines);
                for (int i = 0; i < rows; i++) {
                    nearest[from + i] = largest(cosines, i * n, n, from + i, k);
                }
            }
        }
        return nearest;
    }

    /** Indices of the k largest of values[offset … offset + n − 1], the one at index {@code self} left out. */
    private static int[] largest(float[] values, int offset, int n, int self, int k) {
        int[] best = new int[k];
        float[] bestValues = new float[k];
        int found = 0;
        for (int j = 0; j < n; j++) {
            float value = values[offset + j];
            if (j == self || (found == k && !(k > 0 && value > bestValues[k - 1]))) {
                continue;
            }
            int at = found < k ? found++ : k - 1;
            while (at > 0 && value > bestValues[at - 1]) {
                bestValues[at] = bestValues[at - 1];
                best[at] = best[at - 1];
                at--;
            }
            bestValues[at] = value;
            best[at] = j;
        }
        return best;
    }

    private static int[][] closedNeighbourhoods(int[][] nearest) {
        int[][] closed = new int[nearest.length][];
        for (int i = 0; i < nearest.length; i++) {
            closed[i] = Arrays.copyOf(nearest[i], nearest[i].length + 1);
            closed[i][nearest[i].length] = i;
            Arrays.sort(closed[i]);
        }
        return closed;
    }

    /** |a ∩ b| / |a ∪ b| of two ascending lists. */
    private static double jaccard(int[] a, int[] b) {
        int shared = 0;
        for (int i = 0, j = 0; i < a.length && j < b.length; ) {
            if (a[i] == b[j]) {
                shared++;
                i++;
                j++;
            } else if (a[i] < b[j]) {
                i++;
            } else {
                j++;
            }
        }
        return (double) shared / (a.length + b.length - shared);
    }
}
