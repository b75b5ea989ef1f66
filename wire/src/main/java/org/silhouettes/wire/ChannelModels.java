package org.silhouettes.wire;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Names of the models that learn one colour channel each of the same images, {@code image.channels=split}. A name with such a
 * suffix alone does not make a model one of them: its settings do.
 */
public final class ChannelModels {

    /** Channels of a colour image: red, green and blue. */
    public static final int COUNT = 3;

    private static final List<String> SUFFIXES = List.of(".red", ".green", ".blue");
    private static final String CHANNELS_OPTION = "image.channels";
    private static final String SPLIT = "split";

    private ChannelModels() {}

    /** Name of the model of channel {@code c}, 0 … 2, of the images of that name. */
    public static String name(String images, int c) {
        return images + SUFFIXES.get(c);
    }

    /** Names of the models of all channels. */
    public static List<String> names(String images) {
        return SUFFIXES.stream().map(suffix -> images + suffix).toList();
    }

    /** Red, green or blue: the channel of a model of split channels. */
    public static String channel(String model) {
        return model.substring(model.lastIndexOf('.') + 1);
    }

    /**
     * 0 red, 1 green, 2 blue for a model of split channels, −1 for any other.
     *
     * @param settings the model's settings by option key, as activity records have them
     */
    public static int index(String model, Map<String, String> settings) {
        return SPLIT.equals(settings.get(CHANNELS_OPTION))
                ? IntStream.range(0, COUNT)
                        .filter(c -> model.endsWith(SUFFIXES.get(c)))
                        .findFirst()
                        .orElse(-1)
                : -1;
    }

    /** Name of the images that the model of channel {@code c} learns from. */
    public static String images(String model, int c) {
        return model.substring(0, model.length() - SUFFIXES.get(c).length());
    }
}
