package org.silhouettes.core.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Spelling of enum constants in options and reports: lower case with dashes. */
public final class Choices {

    private Choices() {}

    /** Spelling of a constant. */
    public static String text(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Spelling of a constant that never changes, used in the settings hash. */
    public static String stableText(Enum<?> constant) {
        return formerly(constant).orElse(text(constant));
    }

    /** The constant with that spelling or former spelling. */
    public static <E> Optional<E> parse(Class<E> type, String text) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant ->
                        text.equals(text((Enum<?>) constant)) || text.equals(stableText((Enum<?>) constant)))
                .findFirst();
    }

    /** All spellings of a type, in the order of its constants. */
    static List<String> all(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> text((Enum<?>) constant))
                .toList();
    }

    private static Optional<String> formerly(Enum<?> constant) {
        try {
            Formerly former =
                    constant.getDeclaringClass().getField(constant.name()).getAnnotation(Formerly.class);
            return Optional.ofNullable(former).map(Formerly::value);
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("enum " + constant.getDeclaringClass() + " lacks " + constant, e);
        }
    }
}
