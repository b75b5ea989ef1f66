package org.silhouettes.job;

import java.time.Duration;
import java.util.Locale;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.description.Description;
import org.apache.flink.configuration.description.HtmlFormatter;

/** Option values as one would write them into a file. */
final class OptionText {

    private OptionText() {}

    static String of(Object value) {
        if (value instanceof Duration duration) {
            return duration(duration);
        }
        if (value instanceof MemorySize size) {
            return size.getBytes() % (1 << 20) == 0 ? size.getBytes() / (1 << 20) + " mb" : size.getBytes() + " bytes";
        }
        if (value instanceof Double number) {
            return number == Math.rint(number) && Math.abs(number) < 1e9
                    ? Long.toString(number.longValue())
                    : number.toString();
        }
        return value == null ? "" : value.toString();
    }

    static String of(Description description) {
        return new HtmlFormatter().format(description);
    }

    /** Enum constants are written in lower case with dashes. */
    static String choice(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String duration(Duration duration) {
        if (duration.isZero()) {
            return "off";
        }
        if (duration.toMillis() % 60_000 == 0) {
            return duration.toMinutes() + " min";
        }
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }
}
