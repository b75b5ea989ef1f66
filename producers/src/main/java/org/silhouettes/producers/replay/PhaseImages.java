package org.silhouettes.producers.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.silhouettes.linalg.Random64;
import org.silhouettes.producers.dataset.ImageSource;
import org.silhouettes.producers.dataset.Seeds;

/**
 * The images that a phase has to draw from. Where all its classes weigh the same, every image comes once before any comes
 * again; where they do not, the class is drawn by weight and the image from it by chance.
 */
final class PhaseImages {

    private final List<Selection> selections = new ArrayList<>();
    private final double[] cumulated;
    private final long seed;
    private long permutedPass = -1;
    private int[] permutation;

    PhaseImages(ImageSource source, Phase phase, long seed) {
        this.seed = seed;
        Map<String, Double> classes = phase.classes();
        long weights = classes.values().stream().distinct().count();
        if (weights <= 1) {
            selections.add(
                    classes.isEmpty()
                            ? Selection.all(source)
                            : Selection.of(source, Schedules.classes(source, List.copyOf(classes.keySet()))));
            cumulated = new double[] {1};
        } else {
            cumulated = new double[classes.size()];
            double sum = 0;
            for (Map.Entry<String, Double> entry : classes.entrySet()) {
                sum += entry.getValue();
                cumulated[selections.size()] = sum;
                selections.add(Selection.of(source, Schedules.classes(source, List.of(entry.getKey()))));
            }
        }
    }

    /** Index in the source of what the phase shows as its {@code n}-th image, n = 0, 1, …, over all its repetitions. */
    long index(long n) {
        if (selections.size() > 1) {
            return anyIndex(n, Seeds.random(seed, n));
        }
        Selection selection = selections.get(0);
        if (selection.size() == ImageSource.ENDLESS) {
            return selection.index(n);
        }
        long pass = n / selection.size();
        if (pass != permutedPass) {
            permutation = Seeds.random(seed, pass).permutation(Math.toIntExact(selection.size()));
            permutedPass = pass;
        }
        return selection.index(permutation[(int) (n % selection.size())]);
    }

    /**
     * Index of an image by chance.
     *
     * @param n number of the image, for a source that never ends and so never repeats one
     */
    long anyIndex(long n, Random64 random) {
        double at = random.nextDouble() * cumulated[cumulated.length - 1];
        int chosen = 0;
        while (cumulated[chosen] <= at) {
            chosen++;
        }
        Selection selection = selections.get(chosen);
        return selection.index(
                selection.size() == ImageSource.ENDLESS ? n : random.nextInt(Math.toIntExact(selection.size())));
    }
}
