package org.silhouettes.core.initialisation;

import java.util.Optional;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.linalg.Random64;

/**
 * Makes the first dictionary of a model from its warm-up images. Deterministic: the same images and random state give
 * the same dictionary. Works on any warm-up of at least one image: where there are fewer images than groups or atoms,
 * images are drawn again with small noise.
 */
public final class Initialiser {

    /** Groups where their number is left open and the method does not find it: the paper's. */
    public static final int AUTO_GROUPS = 10;

    /** Groups at most where their number is left open: a community or class of 1 % of the images has one. */
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
     * The start of a model, with up to {@link #MAX_AUTO_GROUPS} groups where their number is left open.
     *
     * @param groups number of groups; 0 takes as many as there are communities or classes, 10 for the other methods
     * @param random moved on by as many numbers as were drawn
     * @throws IllegalArgumentException for {@code LABELS} where no warm-up image has a label
     */
    public static Start initialise(
            InitialisationSettings settings, int groups, int groupSize, WarmUp warmUp, Random64 random) {
        return initialise(settings, groups, MAX_AUTO_GROUPS, groupSize, warmUp, random);
    }

    /**
     * The same with another bound. Of more communities than that the smallest are left out: their images belong to none. Of
     * more classes than that the most frequent have a group each but for the last group, which all others share.
     *
     * @param maxGroups groups at most where {@code groups} is 0, ≥ 1
     */
    public static Start initialise(
            InitialisationSettings settings, int groups, int maxGroups, int groupSize, WarmUp warmUp, Random64 random) {
        int made = groups > 0 ? groups : chosen(settings.method(), warmUp, maxGroups);
        int most = groups > 0 ? Integer.MAX_VALUE : maxGroups;
        return new Initialiser(made, most, groupSize, warmUp, random).initialise(settings);
    }

    /** Number of groups where it is left open; 0 leaves it to the communities. */
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

    private Dictionary dictionary(int madeGroups, AtomBuilder atoms) {
        return new Dictionary(new DictionaryShape(madeGroups, groupSize, warmUp.image()), atoms.build(), 0);
    }

    /** Blocks of orthonormal rows: the whole dictionary where it fits, else every group, else as many as fit. */
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
     * Each group a random rotation of the same leading components, the authors' {@code PCA_whole}; groups of one atom,
     * which would all be the first component, take one component each instead.
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

    /** Group g from members of cluster g mod clusters, an empty cluster's from all images. */
    private Dictionary fromClusters(int[][] members) {
        AtomBuilder atoms = new AtomBuilder(groups * groupSize, length(), random);
        for (int g = 0; g < groups; g++) {
            int[] cluster = members[g % members.length];
            atoms.addDrawn(cluster.length == 0 ? warmUp.centredRows() : warmUp.centredRows(cluster), groupSize);
        }
        return dictionary(groups, atoms);
    }

    /** One group a community. */
    private Start fromCommunities(Features features) {
        CommunityGroups communities = new CommunityGroups(warmUp, random);
        int[][] found = communities.find(features, groups);
        // fewer images than groups: the rest is made of all of them
        int[][] members = new int[groups == 0 ? Math.min(found.length, maxGroups) : groups][0];
        System.arraycopy(found, 0, members, 0, Math.min(found.length, members.length));
        DictionaryShape shape = new DictionaryShape(members.length, groupSize, warmUp.image());
        Dictionary dictionary = new Dictionary(shape, communities.atoms(members, groupSize), 0);
        return new Start(
                dictionary,
                Optional.of(PrototypeClassifier.of(warmUp.image(), communities.descriptors(), members, random)));
    }
}
