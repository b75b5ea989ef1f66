package org.silhouettes.job.record;

import java.util.List;
import java.util.Locale;
import org.silhouettes.wire.ChannelModels;

/** What becomes of colour images. */
public enum ChannelMode {
    /** Converted to gray: 0.2989 R + 0.587 G + 0.114 B. */
    GRAY,
    /** Learned as they come, all channels in one atom. */
    JOINT,
    /** One model a channel: {@code name.red}, {@code name.green}, {@code name.blue}. Gray images are refused. */
    SPLIT;

    /** Names of the models that learn from images of that name, channel by channel. */
    public List<String> models(String name) {
        return this == SPLIT ? ChannelModels.names(name) : List.of(name);
    }

    /** Lower-case, as the option has it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
