package org.silhouettes.job;

import java.util.Arrays;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The values that an option takes.
 *
 * @param text the same in words
 */
public record Range<T>(String text, Predicate<T> predicate) {

    boolean holds(T value) {
        return predicate.test(value);
    }

    /** From low to high, both taken. */
    static <T extends Comparable<T>> Range<T> between(T low, T high) {
        return new Range<>(
                OptionText.of(low) + " … " + OptionText.of(high),
                value -> value.compareTo(low) >= 0 && value.compareTo(high) <= 0);
    }

    /** Above low, up to high. */
    static Range<Double> above(double low, double high) {
        return new Range<>(
                "above " + OptionText.of(low) + ", up to " + OptionText.of(high),
                value -> value > low && value <= high);
    }

    /** From low to below high. */
    static Range<Double> below(double low, double high) {
        return new Range<>(
                OptionText.of(low) + " to below " + OptionText.of(high), value -> value >= low && value < high);
    }

    static Range<Boolean> flag() {
        return new Range<>("true | false", value -> true);
    }

    /** Text with at least one character that is not blank. */
    static Range<String> someText(String what) {
        return new Range<>(what, value -> !value.isBlank());
    }

    /** One of an enum's constants, in lower case with dashes. */
    static <E extends Enum<E>> Range<String> choice(Class<E> type) {
        return new Range<>(
                Arrays.stream(type.getEnumConstants()).map(OptionText::choice).collect(Collectors.joining(" | ")),
                value -> Arrays.stream(type.getEnumConstants())
                        .anyMatch(constant -> OptionText.choice(constant).equals(value)));
    }
}
