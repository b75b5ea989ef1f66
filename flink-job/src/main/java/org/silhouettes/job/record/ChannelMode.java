package org.silhouettes.job.record;

import java.util.List;
import java.util.Locale;

/** What becomes of colour images. */
public enum ChannelMode {
    /** Converted to gray: 0.2989 R + 0.587 G + 0.114 B. */
    GRAY,
    /** Learned as they come, all channels in one atom. */
    JOINT,
    /** One model a channel: {@code name.red}, {@code name.green}, {@code name.blue}. Gray images are refused. */
    SPLIT;

    /** Channels that {@link #SPLIT} tells apart. */
    public static final int CHANNELS = 3;

    private static final List<String> SUFFIXES = List.of(".red", ".green", ".blue");

    /** Name of the model that learns from channel {@code c} of the images of a split model. */
    public static String modelOf(String name, int c) {
        return name + SUFFIXES.get(c);
    }

    /** Channel that a model of split channels learns from: red, green or blue. */
    public static String channelOf(String model) {
        return model.substring(model.lastIndexOf('.') + 1);
    }

    /** Names of the models that learn from images of that name, channel by channel. */
    public List<String> models(String name) {
        return this == SPLIT ? SUFFIXES.stream().map(suffix -> name + suffix).toList() : List.of(name);
    }

    /** Lower-case, as the option has it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
