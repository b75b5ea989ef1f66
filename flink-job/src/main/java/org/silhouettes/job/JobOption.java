package org.silhouettes.job;

import org.apache.flink.configuration.ConfigOption;

/**
 * An option of the job: key, type, default and description as Flink has them, with what its value may be.
 *
 * @param unit unit of the value, or empty
 * @param range what values are taken
 */
public record JobOption<T>(ConfigOption<T> config, String unit, Range<T> range) {

    public String key() {
        return config.key();
    }

    /** What the option does, in a sentence or two. */
    public String description() {
        return OptionText.of(config.description());
    }

    /** The default as one would write it. */
    public String defaultText() {
        return OptionText.of(config.defaultValue());
    }

    /** @throws IllegalArgumentException naming key, value and what is taken instead, where the value is out of range */
    T checked(T value) {
        if (!range.holds(value)) {
            throw new IllegalArgumentException(
                    key() + " is " + OptionText.of(value) + ", it must be " + range.text() + unitText());
        }
        return value;
    }

    /** The unit behind a blank, or nothing. */
    String unitText() {
        return unit.isEmpty() ? "" : " " + unit;
    }
}
