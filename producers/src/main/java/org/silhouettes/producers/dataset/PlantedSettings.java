package org.silhouettes.producers.dataset;

import org.silhouettes.imaging.ImageShape;

/**
 * What a planted stream is made of.
 *
 * @param groups groups of the planted dictionary, at least 1
 * @param groupSize atoms of a group, at least 1
 * @param image shape of an atom
 * @param activeGroups groups that make up an image, 1 … groups
 * @param norm Euclidean norm of the strongest group's code, in units of a sample's range 0 … 1
 * @param noise standard deviation of the noise on every value, in the same units
 */
public record PlantedSettings(
        int groups, int groupSize, ImageShape image, int activeGroups, double norm, double noise) {

    /** Ten groups of eight atoms of 28x28, two groups an image. */
    public static final PlantedSettings DEFAULTS = new PlantedSettings(10, 8, new ImageShape(28, 28, 1), 2, 4, 0.01);

    public PlantedSettings {
        if (groups < 1 || groupSize < 1) {
            throw new IllegalArgumentException(
                    "planted dictionary has " + groups + " groups of " + groupSize + " atoms, both must be at least 1");
        }
        if (activeGroups < 1 || activeGroups > groups) {
            throw new IllegalArgumentException(
                    "planted active groups is " + activeGroups + ", it must be 1 to " + groups);
        }
        if (!(norm > 0 && norm <= 100)) {
            throw new IllegalArgumentException("planted norm is " + norm + ", it must be above 0 and at most 100");
        }
        if (!(noise >= 0 && noise <= 1)) {
            throw new IllegalArgumentException("planted noise is " + noise + ", it must be 0 to 1");
        }
    }

    /** Reads {@code GROUPSxSIZE}, such as {@code 10x8}; the rest stays as it is. */
    PlantedSettings withGroups(String text) {
        java.util.regex.Matcher matcher =
                java.util.regex.Pattern.compile("([0-9]{1,4})x([0-9]{1,4})").matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "dataset is \"planted:" + text + "\", it must be planted:GROUPSxSIZE, such as planted:10x8");
        }
        int otherGroups = Integer.parseInt(matcher.group(1));
        int otherSize = Integer.parseInt(matcher.group(2));
        return new PlantedSettings(otherGroups, otherSize, image, Math.min(activeGroups, otherGroups), norm, noise);
    }

    /** Atoms of the planted dictionary: groups · groupSize. */
    public int atoms() {
        return Math.multiplyExact(groups, groupSize);
    }
}
