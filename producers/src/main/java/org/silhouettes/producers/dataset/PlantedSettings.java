package org.silhouettes.producers.dataset;

import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.dictionary.ImageShape;

/**
 * What a planted stream is made of.
 *
 * @param shape of the dictionary that is planted
 * @param activeGroups groups that make up an image, 1 … groups
 * @param norm Euclidean norm of the strongest group's code, in units of a sample's range 0 … 1
 * @param noise standard deviation of the noise on every value, in the same units
 */
public record PlantedSettings(DictionaryShape shape, int activeGroups, double norm, double noise) {

    /** Ten groups of eight atoms of 28x28, two groups an image. */
    public static final PlantedSettings DEFAULTS =
            new PlantedSettings(new DictionaryShape(10, 8, new ImageShape(28, 28, 1)), 2, 4, 0.01);

    public PlantedSettings {
        if (activeGroups < 1 || activeGroups > shape.groups()) {
            throw new IllegalArgumentException(
                    "planted active groups is " + activeGroups + ", it must be 1 to " + shape.groups());
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
        int groups = Integer.parseInt(matcher.group(1));
        DictionaryShape other = new DictionaryShape(groups, Integer.parseInt(matcher.group(2)), shape.image());
        return new PlantedSettings(other, Math.min(activeGroups, groups), norm, noise);
    }
}
