package org.silhouettes.core.learner;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.initialisation.Initialisation;
import org.silhouettes.core.initialisation.InitialisationMemory;
import org.silhouettes.core.initialisation.InitialisationSettings;
import org.silhouettes.core.initialisation.Initialiser;
import org.silhouettes.core.initialisation.Start;
import org.silhouettes.core.initialisation.WarmUp;
import org.silhouettes.core.state.StreamImage;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.linalg.Random64;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The initialisation of a model within the available memory.
 *
 * @param start dictionary and prototype classifier
 * @param groupsLimited whether memory allows no further groups, although the number of groups is left open
 */
record FirstDictionary(Start start, boolean groupsLimited) {

    private static final Logger LOG = LoggerFactory.getLogger(FirstDictionary.class);

    /**
     * Initialises a model.
     *
     * @param images warm-up images, at least one
     * @param meanImage their mean, [values]
     * @param random advanced by the numbers that are drawn
     */
    static FirstDictionary of(
            TrainingStepCache steps, ImageShape image, List<StreamImage> images, float[] meanImage, Random64 random) {
        LearnerSettings settings = steps.settings();
        List<String> labels = new ArrayList<>(images.size());
        images.forEach(next -> labels.add(next.label()));
        InitialisationSettings initialisation = withMethodFor(labels, settings.initialisation());
        int max = Math.min(steps.memory().maxGroups(image), Initialiser.MAX_AUTO_GROUPS);
        int groups = settings.groups() > 0 ? settings.groups() : Math.min(max, Math.max(10, images.size()));
        DictionaryShape largest = new DictionaryShape(groups, settings.groupSize(), image);
        steps.memory().makeRoom(InitialisationMemory.bytes(initialisation, largest, images.size()));
        Start start = Initialiser.initialise(
                initialisation,
                settings.groups(),
                max,
                settings.groupSize(),
                new WarmUp(image, images.stream().map(StreamImage::samples).toList(), meanImage.clone(), labels),
                random);
        boolean limited = settings.groups() == 0
                && start.dictionary().shape().groups() == max
                && max < Initialiser.MAX_AUTO_GROUPS;
        return new FirstDictionary(start, limited);
    }

    /** K-means replaces {@code LABELS} without any label: such a stream must not stop its model for good. */
    private static InitialisationSettings withMethodFor(List<String> labels, InitialisationSettings chosen) {
        if (chosen.method() != Initialisation.LABELS || !labels.stream().allMatch(Objects::isNull)) {
            return chosen;
        }
        LOG.warn("init.method=labels needs labels but none of {} warm-up images has one; using kmeans", labels.size());
        return new InitialisationSettings(Initialisation.KMEANS, chosen.warmUpImages());
    }
}
