package org.silhouettes.job.options;

import org.apache.flink.configuration.MemorySize;
import org.apache.flink.util.TimeUtils;
import org.silhouettes.core.settings.DeclaredSetting;

/** An option of the job with its default. */
public record JobOption(DeclaredSetting declared, Object defaultValue) {

    public String key() {
        return declared.key();
    }

    /** The part of the key before the first dot. */
    public String section() {
        return key().substring(0, key().indexOf('.'));
    }

    /** What the option does, in one sentence. */
    public String help() {
        return declared.declaration().help();
    }

    /** The default as it is written into a file. */
    public String defaultText() {
        return declared.text(defaultValue);
    }

    /**
     * Parses and checks a value.
     *
     * @throws IllegalArgumentException naming the key, the allowed values and the given one
     */
    Object parse(String text) {
        if (!declared.hasUnit() || text.equals(declared.declaration().zero())) {
            return declared.parse(text);
        }
        Object value;
        try {
            value = declared.declaration().size()
                    ? (Object) MemorySize.parseBytes(text)
                    : TimeUtils.parseDuration(text);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw declared.refusal('"' + text + '"');
        }
        declared.check(value);
        return value;
    }
}
