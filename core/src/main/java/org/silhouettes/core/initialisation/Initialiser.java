package org.silhouettes.core.initialisation;

import java.util.Optional;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.linalg.Random64;

/**
 * Makes the first dictionary of a model from its warm-up images. Deterministic: the same images and random state give the same
 * dictionary. One image is enough; with fewer images than groups or atoms, images are reused with small noise.
 */
public final class Initialiser {

    /** Number of groups if it is left open and the method does not find it, as in the paper. */
    public static final int AUTO_GROUPS = 10;

    /** Maximum number of groups if it is left open: one for a community or class of 1 % of the images. */
    public static final int MAX_AUTO_GROUPS = 100;

    private final int groups;
    private final int maxGroups;
    private final int groupSize;
    private final WarmUp warmUp;
    private final Random64 random;

    private Initialiser(int groups, int maxGroups, int groupSize, WarmUp warmUp, Random64 random) {
        this.groups = groups;
        this.maxGroups = maxGroups;
        this.groupSize = groupSize;
        this.warmUp = warmUp;
        this.random = random;
    }

    /**
     * Initialises a model, with up to {@link #MAX_AUTO_GROUPS} groups if their number is left open.
     *
     * @param groups number of groups; 0 for one per community or class, or 10 for the other methods
     * @param random advanced by the numbers that are drawn
     * @throws IllegalArgumentException for {@code LABELS} if no warm-up image has a label
     */
    public static Start initialise(
            InitialisationSettings settings, int groups, int groupSize, WarmUp warmUp, Random64 random) {
        return initialise(settings, groups, MAX_AUTO_GROUPS, groupSize, warmUp, random);
    }

    /**
     * The same with another bound. With more communities, the smallest are omitted and their images belong to none. With more
     * classes, the most frequent have a group each and all others share the last group.
     *
     * @param maxGroups maximum number of groups if {@code groups} is 0, ≥ 1
     */
    public static Start initialise(
            InitialisationSettings settings, int groups, int maxGroups, int groupSize, WarmUp warmUp, Random64 random) {
        int count = groups > 0 ? groups : chosen(settings.method(), warmUp, maxGroups);
        int max = groups > 0 ? Integer.MAX_VALUE : maxGroups;
        return new Initialiser(count, max, groupSize, warmUp, random).initialise(settings);
    }

    /** Number of groups if it is left open; 0 for the number of communities. */
    private static int chosen(Initialisation method, WarmUp warmUp, int maxGroups) {
        return switch (method) {
            case COMMUNITY -> 0;
            case LABELS -> ClassMembers.of(warmUp, maxGroups).length;
            case RANDOM, ORTHOGONAL, DATA, PCA, KMEANS -> Math.min(maxGroups, AUTO_GROUPS);
        };
    }

    private Start initialise(InitialisationSettings settings) {
        return switch (settings.method()) {
            case RANDOM -> Start.of(dictionary(Noise.gaussian(groups * groupSize, length(), random)));
            case ORTHOGONAL -> Start.of(dictionary(orthogonal()));
            case DATA -> Start.of(drawn());
            case PCA -> Start.of(principal());
            case KMEANS ->
                Start.of(fromClusters(
                        KMeans.spherical(warmUp.centredRows(), groups, random).members()));
            case COMMUNITY -> fromCommunities(settings.features());
            case LABELS -> Start.of(fromClusters(ClassMembers.of(warmUp, maxGroups)));
        };
    }

    private int length() {
        return warmUp.image().values();
    }

    private Dictionary dictionary(Rows atoms) {
        AtomBuilder builder = new AtomBuilder(groups * groupSize, length(), random);
        builder.add(atoms);
        return dictionary(groups, builder);
    }

    private Dictionary dictionary(int groupCount, AtomBuilder atoms) {
        return new Dictionary(new DictionaryShape(groupCount, groupSize, warmUp.image()), atoms.build(), 0);
    }

    /** Blocks of orthonormal rows: the whole dictionary if possible, else each group, else as many rows as possible. */
    private Rows orthogonal() {
        int atoms = groups * groupSize;
        int block = atoms <= length() ? atoms : Math.min(groupSize, length());
        Rows out = Rows.zeros(atoms, length());
        for (int from = 0; from < atoms; ) {
            int groupLeft = atoms <= length() ? atoms : groupSize - from % groupSize;
            int rows = Math.min(block, groupLeft);
            Rows orthonormal = OrthonormalRows.random(rows, length(), random);
            System.arraycopy(orthonormal.values(), 0, out.values(), from * length(), rows * length());
            from += rows;
        }
        return out;
    }

    private Dictionary drawn() {
        AtomBuilder atoms = new AtomBuilder(groups * groupSize, length(), random);
        atoms.addDrawn(warmUp.centredRows(), groups * groupSize);
        return dictionary(groups, atoms);
    }

    /**
     * A random rotation of the leading components in each group, the authors' {@code PCA_whole}. Groups of one atom would all
     * be the first component, so they get one component each.
     */
    private Dictionary principal() {
        int wanted = groupSize == 1 ? groups : groupSize;
        Rows components = PrincipalComponents.leading(warmUp.centredRows(), Math.min(wanted, length()), random);
        AtomBuilder atoms = new AtomBuilder(groups * groupSize, length(), random);
        if (groupSize == 1) {
            atoms.addFilled(components, groups);
        } else {
            for (int g = 0; g < groups; g++) {
                Rows rotation = OrthonormalRows.random(components.count(), groupSize, random)
                        .transposed();
                atoms.add(rotation.times(components));
            }
        }
        return dictionary(groups, atoms);
    }

    /** Group g from members of cluster g mod clusters, or from all images if that cluster is empty. */
    private Dictionary fromClusters(int[][] members) {
        AtomBuilder atoms = new AtomBuilder(groups * groupSize, length(), random);
        for (int g = 0; g < groups; g++) {
            int[] cluster = members[g % members.length];
            atoms.addDrawn(cluster.length == 0 ? warmUp.centredRows() : warmUp.centredRows(cluster), groupSize);
        }
        return dictionary(groups, atoms);
    }

    /** One group per community. */
    private Start fromCommunities(Features features) {
        CommunityGroups communities = new CommunityGroups(warmUp, random);
        int[][] found = communities.find(features, groups);
        // with fewer communities than groups, the remaining groups use all images
        int[][] members = new int[groups == 0 ? Math.min(found.length, maxGroups) : groups][0];
        System.arraycopy(found, 0, members, 0, Math.min(found.length, members.length));
        DictionaryShape shape = new DictionaryShape(members.length, groupSize, warmUp.image());
        Dictionary dictionary = new Dictionary(shape, communities.atoms(members, groupSize), 0);
        return new Start(
                dictionary,
                Optional.of(PrototypeClassifier.of(warmUp.image(), communities.descriptors(), members, random)));
    }
}
