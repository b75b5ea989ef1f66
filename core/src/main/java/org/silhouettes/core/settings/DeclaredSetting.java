package org.silhouettes.core.settings;

import java.time.Duration;
import java.util.List;

/**
 * A declared option with the type of its values.
 *
 * @param type type of the record component: int, long, double, boolean, String, an enum or Duration
 */
public record DeclaredSetting(Setting declaration, Class<?> type) {

    public String key() {
        return declaration.key();
    }

    /** The name that never changes, used in the settings hash. */
    public String stableKey() {
        return declaration.formerly().isEmpty() ? declaration.key() : declaration.formerly();
    }

    /** Whether the value is written with a unit: a duration or a size. */
    public boolean hasUnit() {
        return type == Duration.class || declaration.size();
    }

    /**
     * Checks a value.
     *
     * @throws IllegalArgumentException naming the key, the allowed values and the given one
     */
    public void check(Object value) {
        if (!allows(value)) {
            throw refusal(value == null ? "nothing" : text(value));
        }
    }

    /**
     * Parses and checks a text; a number without a unit only.
     *
     * @throws IllegalArgumentException naming the key, the allowed values and the given one
     */
    public Object parse(String text) {
        Object value;
        try {
            value = value(text);
        } catch (IllegalArgumentException e) {
            throw refusal('"' + text + '"');
        }
        // the word for zero is required
        if (!allows(value)
                || isZero(value)
                        && !text.equals(declaration.zero())
                        && !declaration.zero().isEmpty()) {
            throw refusal(value instanceof Number ? text : '"' + text + '"');
        }
        return value;
    }

    /** The allowed values in words, as they complete "must be". */
    public String allowed() {
        if (type.isEnum()) {
            List<String> words = Choices.all(type);
            int last = words.size() - 1;
            return String.join(", ", words.subList(0, last)) + " or " + words.get(last);
        }
        if (type == boolean.class) {
            return "true or false";
        }
        if (type == String.class) {
            return declaration.allowed();
        }
        String unit = declaration.unit().isEmpty() ? "" : " " + declaration.unit();
        return (declaration.zero().isEmpty() ? "" : declaration.zero() + ", or ") + bounds() + unit;
    }

    /** A value as it is written into a file. */
    public String text(Object value) {
        if (isZero(value) && !declaration.zero().isEmpty()) {
            return declaration.zero();
        }
        return declaration.size() ? SettingText.size((Long) value) : SettingText.of(value);
    }

    /** The text that never changes, used in the settings hash. */
    public String stableText(Object value) {
        return value instanceof Enum<?> constant ? Choices.stableText(constant) : text(value);
    }

    /** The error for a value, with the value as the message shows it. */
    public IllegalArgumentException refusal(String shown) {
        return new IllegalArgumentException(key() + " must be " + allowed() + ", got " + shown);
    }

    private boolean allows(Object value) {
        if (value instanceof Number || value instanceof Duration) {
            double number = magnitude(value);
            return isZero(value) && !declaration.zero().isEmpty()
                    || number >= declaration.min()
                            && number <= declaration.max()
                            && number > declaration.above()
                            && number < declaration.below();
        }
        return value instanceof String text ? text.matches(declaration.pattern()) : value != null;
    }

    private Object value(String text) {
        if (type == String.class) {
            return text;
        }
        if (type.isEnum()) {
            return Choices.parse(type, text).orElseThrow(IllegalArgumentException::new);
        }
        if (type == boolean.class) {
            if (!text.equals("true") && !text.equals("false")) {
                throw new IllegalArgumentException();
            }
            return text.equals("true");
        }
        boolean zero = !text.isEmpty() && text.equals(declaration.zero());
        if (type == int.class) {
            return zero ? 0 : Integer.parseInt(text);
        }
        if (type == long.class) {
            return zero ? 0L : Long.parseLong(text);
        }
        return type == Duration.class && zero ? Duration.ZERO : (Object) Double.parseDouble(text);
    }

    private static boolean isZero(Object value) {
        return (value instanceof Number || value instanceof Duration) && magnitude(value) == 0;
    }

    private static double magnitude(Object value) {
        return value instanceof Duration duration
                ? duration.toSeconds() + duration.toNanosPart() / 1e9
                : ((Number) value).doubleValue();
    }

    private String bounds() {
        boolean low = Double.isFinite(Math.max(declaration.min(), declaration.above()));
        boolean high = Double.isFinite(Math.min(declaration.max(), declaration.below()));
        if (!low && !high) {
            return type == double.class ? "any number" : "any whole number";
        }
        if (Double.isFinite(declaration.min()) && Double.isFinite(declaration.max())) {
            return "between " + bound(declaration.min()) + " and " + bound(declaration.max());
        }
        String lower = Double.isFinite(declaration.min())
                ? "at least " + bound(declaration.min())
                : "above " + bound(declaration.above());
        String upper = Double.isFinite(declaration.max())
                ? "at most " + bound(declaration.max())
                : "below " + bound(declaration.below());
        return low && high ? lower + " and " + upper : low ? lower : upper;
    }

    private String bound(double value) {
        if (type == Duration.class) {
            return SettingText.of(Duration.ofMillis(Math.round(value * 1000)));
        }
        return declaration.size() ? SettingText.size(Math.round(value)) : SettingText.grouped(value);
    }
}
