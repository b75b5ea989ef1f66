package org.silhouettes.core.settings;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Values of settings as text. */
final class SettingText {

    private static final List<String> SIZES = List.of("bytes", "kb", "mb", "gb", "tb");

    private SettingText() {}

    static String of(Object value) {
        if (value instanceof Duration duration) {
            return duration(duration.toMillis());
        }
        if (value instanceof Enum<?> constant) {
            return Choices.text(constant);
        }
        if (value instanceof Double number) {
            return number == Math.rint(number) && Math.abs(number) < 1e9
                    ? Long.toString(number.longValue())
                    : number.toString();
        }
        return value.toString();
    }

    /** A number of bytes in its largest exact unit. */
    static String size(long bytes) {
        int unit = bytes == 0 ? 0 : Math.min(SIZES.size() - 1, Long.numberOfTrailingZeros(bytes) / 10);
        return (bytes >> 10 * unit) + " " + SIZES.get(unit);
    }

    /** A number with separators between thousands. */
    static String grouped(double number) {
        return number == Math.rint(number)
                ? String.format(Locale.ROOT, "%,d", (long) number)
                : Double.toString(number).replace(".0E", "e").replace('E', 'e');
    }

    private static String duration(long millis) {
        if (millis % 1000 != 0) {
            return millis + " ms";
        }
        long seconds = millis / 1000;
        if (seconds % 86_400 == 0) {
            return seconds / 86_400 + " d";
        }
        if (seconds % 3600 == 0) {
            return seconds / 3600 + " h";
        }
        return seconds % 60 == 0 ? seconds / 60 + " min" : seconds + " s";
    }
}
