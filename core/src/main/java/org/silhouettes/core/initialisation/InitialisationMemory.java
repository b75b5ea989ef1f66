package org.silhouettes.core.initialisation;

import org.silhouettes.core.dictionary.DictionaryShape;

/** Computes the peak memory of {@link Initialiser} and {@link NovelGroups}, without the images and the results. */
public final class InitialisationMemory {

    /** Bytes per image of the neighbour graph and Louvain's method. */
    private static final double NODE = 900;
    /** Images whose cosines with all others are computed together. */
    private static final double BLOCK = 512;
    /** Bytes per point of the k-means arrays. */
    private static final double POINT = 32;

    private final double images;
    private final double values;
    private final double atoms;
    private final double groupSize;
    private final double prototypes;
    private final double descriptor;

    private InitialisationMemory(DictionaryShape shape, int images) {
        this.images = images;
        this.values = shape.values();
        this.groupSize = shape.groupSize();
        this.atoms = shape.groups() * groupSize;
        this.prototypes = (double) shape.groups() * PrototypeClassifier.PROTOTYPES;
        this.descriptor = GradientDescriptor.length(shape.image());
    }

    /**
     * Bytes of an initialisation, heap and native.
     *
     * @param shape of the resulting dictionary
     * @param images number of warm-up images
     */
    public static double bytes(InitialisationSettings settings, DictionaryShape shape, int images) {
        InitialisationMemory memory = new InitialisationMemory(shape, images);
        double floats =
                switch (settings.method()) {
                    case RANDOM, ORTHOGONAL -> 2 * memory.atoms * memory.values;
                    case DATA, LABELS -> memory.images * memory.values + memory.atoms * memory.values;
                    case PCA -> memory.principal();
                    case KMEANS -> memory.kMeans(memory.images * memory.values, shape.groups());
                    case COMMUNITY -> memory.communities(settings.features());
                };
        return Float.BYTES * floats + POINT * images;
    }

    /** Bytes of {@link NovelGroups}; {@code shape} is that of the dictionary with all new groups. */
    public static double growthBytes(InitialisationSettings settings, DictionaryShape shape, int images) {
        InitialisationMemory memory = new InitialisationMemory(shape, images);
        double cosines = memory.images * memory.prototypes;
        return Float.BYTES * (memory.communities(settings.features()) + cosines) + POINT * images;
    }

    /** Length of the longest array; Java allows 2³¹ − 1. */
    public static double longestArray(InitialisationSettings settings, DictionaryShape shape, int images) {
        InitialisationMemory memory = new InitialisationMemory(shape, images);
        boolean graph = settings.method() == Initialisation.COMMUNITY;
        double products = graph ? Math.max(Math.min(BLOCK, images), memory.prototypes) : memory.groupSize;
        return memory.images * Math.max(Math.max(memory.values, products), graph ? memory.descriptor : 0);
    }

    /** Values of k-means: rows, copies and products with the centres. */
    private double kMeans(double rows, double centres) {
        return 3 * rows + 2 * images * centres + 2 * atoms * values;
    }

    private double principal() {
        double basis = Math.min(values, groupSize + 8);
        return 2 * images * values + 2 * images * basis + 4 * basis * values + 2 * atoms * values;
    }

    private double communities(Features features) {
        double described = images * descriptor;
        double compared = features == Features.GRADIENTS ? 0 : images * values;
        double length = features == Features.GRADIENTS ? descriptor : values;
        double graph = compared + 2 * images * length + Math.min(BLOCK, images) * images + NODE / Float.BYTES * images;
        // one community can have all images
        double centres = 2 * images * values + 2 * images * groupSize + atoms * values + 3 * groupSize * values;
        double classifier = atoms * values + 3 * described + images * prototypes + 4 * prototypes * descriptor;
        return described + Math.max(graph, Math.max(centres, classifier));
    }
}
