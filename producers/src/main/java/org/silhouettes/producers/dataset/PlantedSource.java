package org.silhouettes.producers.dataset;

import java.util.List;
import java.util.stream.IntStream;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.linalg.Random64;
import org.silhouettes.linalg.UnitNorm;

/**
 * An endless stream of images that a known group-sparse dictionary makes: y = ½ + xW + noise, rounded to 8 bits and cut
 * off at 0 and 255. Few groups of x are active; an active group's code is non-negative, of random direction. The class of
 * an image is its strongest group; every other active group has half to all of that one's norm.
 *
 * <p>The planted atoms are of unit norm, with independent normal values.
 */
public final class PlantedSource implements ImageSource {

    private final PlantedSettings settings;
    private final float[] atoms;
    private final List<String> classes;
    private final String idPrefix;
    private final long seed;
    private final BalancedClasses balance;

    /** @param split the test split has the same dictionary and other images */
    public PlantedSource(PlantedSettings settings, Split split, long seed) {
        this.settings = settings;
        this.classes = IntStream.range(0, settings.groups())
                .mapToObj(Integer::toString)
                .toList();
        this.idPrefix = "planted/" + split.text() + "/" + seed + "/";
        this.atoms = plant(settings, Seeds.random(seed, 0));
        this.seed = Seeds.random(seed, 1 + split.ordinal()).nextLong();
        this.balance = new BalancedClasses(settings.groups(), this.seed);
    }

    private static float[] plant(PlantedSettings settings, Random64 random) {
        int values = settings.image().values();
        float[] atoms = new float[settings.atoms() * values];
        for (int i = 0; i < atoms.length; i++) {
            atoms[i] = (float) random.nextGaussian();
        }
        for (int k = 0; k < settings.atoms(); k++) {
            UnitNorm.scale(atoms, k * values, values);
        }
        return atoms;
    }

    /** What the stream is made of. */
    public PlantedSettings settings() {
        return settings;
    }

    /** A copy of the atoms that make the images, [atoms, values], group by group. */
    public float[] atoms() {
        return atoms.clone();
    }

    @Override
    public String name() {
        return "planted";
    }

    @Override
    public List<String> classes() {
        return classes;
    }

    @Override
    public ImageShape shape() {
        return settings.image();
    }

    @Override
    public long size() {
        return ENDLESS;
    }

    @Override
    public int classOf(long index) {
        return balance.classOf(index);
    }

    @Override
    public long indexOf(int classIndex, long n) {
        return balance.indexOf(classIndex, n);
    }

    /** The code of image {@code index}, [atoms]. */
    public float[] code(long index) {
        return code(index, Seeds.random(~seed, index));
    }

    private float[] code(long index, Random64 random) {
        float[] code = new float[settings.atoms()];
        int strongest = classOf(index);
        int[] others = random.permutation(settings.groups());
        addGroup(code, strongest, settings.norm(), random);
        int active = 1;
        for (int i = 0; active < settings.activeGroups(); i++) {
            if (others[i] != strongest) {
                addGroup(code, others[i], settings.norm() * (0.5 + 0.5 * random.nextDouble()), random);
                active++;
            }
        }
        return code;
    }

    private void addGroup(float[] code, int group, double norm, Random64 random) {
        int size = settings.groupSize();
        double squares = 0;
        for (int k = group * size; k < (group + 1) * size; k++) {
            code[k] = (float) Math.abs(random.nextGaussian());
            squares += code[k] * code[k];
        }
        float scale = (float) (norm / Math.sqrt(squares));
        for (int k = group * size; k < (group + 1) * size; k++) {
            code[k] *= scale;
        }
    }

    @Override
    public LabelledImage image(long index) {
        Random64 random = Seeds.random(~seed, index);
        float[] code = code(index, random);
        int values = shape().values();
        float[] image = new float[values];
        for (int k = 0; k < code.length; k++) {
            float weight = code[k];
            int from = k * values;
            if (weight != 0) {
                for (int i = 0; i < values; i++) {
                    image[i] += weight * atoms[from + i];
                }
            }
        }
        byte[] samples = new byte[values];
        for (int i = 0; i < values; i++) {
            double noise = settings.noise() > 0 ? settings.noise() * random.nextGaussian() : 0;
            samples[i] = (byte) Math.max(0, Math.min(255, Math.round(255 * (0.5 + image[i] + noise))));
        }
        return new LabelledImage(samples, shape(), label(classOf(index)), idPrefix + index);
    }
}
