package org.silhouettes.producers.replay;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text of a {@link DriftPlan}. */
final class PlanText {

    private static final Pattern RANGE = Pattern.compile("([0-9]{1,6})-([0-9]{1,6})");
    private static final Pattern WEIGHTED = Pattern.compile("(.+)\\*([0-9]+(?:\\.[0-9]+)?)");
    private static final int MAX_CLASSES = 10_000;

    private PlanText() {}

    static DriftPlan parse(String text) {
        List<Phase> phases = new ArrayList<>();
        long repeat = 1;
        for (String line : text.split("[;\\n]", -1)) {
            String content = line.replaceFirst("#.*", "").strip();
            if (content.isEmpty()) {
                continue;
            }
            if (content.startsWith("repeat=")) {
                repeat = repeat(content.substring("repeat=".length()));
            } else {
                phases.add(phase(content, phases.size() + 1));
            }
        }
        return new DriftPlan(phases, repeat);
    }

    private static long repeat(String value) {
        return value.equals("endless") ? ReplayOptions.ENDLESS : whole("plan", "repeat", value);
    }

    private static Phase phase(String content, int number) {
        String where = "plan, phase " + number;
        String name = "phase " + number;
        Map<String, Double> classes = new LinkedHashMap<>();
        long images = 0;
        long gradual = 0;
        List<Transform> transforms = new ArrayList<>();
        for (String word : content.split("\\s+", -1)) {
            int equals = word.indexOf('=');
            String key = equals < 0 ? word : word.substring(0, equals + 1);
            String value = equals < 0 ? "" : word.substring(equals + 1);
            try {
                switch (key) {
                    case "name=" -> name = value;
                    case "classes=" -> addClasses(where, classes, value);
                    case "images=" -> images = whole(where, "images", value);
                    case "gradual=" -> gradual = whole(where, "gradual", value);
                    case "invert" -> transforms.add(new Transform.Invert());
                    case "rotate=" -> transforms.add(new Transform.Rotate(number(where, "rotate", value)));
                    case "noise=" -> transforms.add(new Transform.Noise(number(where, "noise", value)));
                    case "blur=" -> transforms.add(new Transform.Blur(number(where, "blur", value)));
                    case "permute=" -> transforms.add(new Transform.Permute(whole(where, "permute", value)));
                    default ->
                        throw new IllegalArgumentException("\"" + word + "\" is none of name=, classes=, images=,"
                                + " gradual=, invert, rotate=, noise=, blur=, permute=");
                }
            } catch (IllegalArgumentException e) {
                throw e.getMessage().startsWith(where)
                        ? e
                        : new IllegalArgumentException(where + ": " + e.getMessage(), e);
            }
        }
        if (images == 0) {
            throw new IllegalArgumentException(
                    where + ": images is missing, give how many it lasts, such as images=1000");
        }
        try {
            return new Phase(name, classes, images, gradual, transforms);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
        }
    }

    private static void addClasses(String where, Map<String, Double> classes, String list) {
        if (list.equals("all")) {
            return;
        }
        for (String item : list.split(",", -1)) {
            Matcher weighted = WEIGHTED.matcher(item);
            boolean hasWeight = weighted.matches();
            double weight = hasWeight ? number(where, "weight", weighted.group(2)) : 1;
            String names = hasWeight ? weighted.group(1) : item;
            if (names.isEmpty() || weight <= 0) {
                throw new IllegalArgumentException("classes is \"" + list
                        + "\", it must be names or ranges of numbers, comma-separated, each with a weight above 0 or none,"
                        + " such as 0-4*3,7");
            }
            Matcher range = RANGE.matcher(names);
            if (range.matches()) {
                int first = Integer.parseInt(range.group(1));
                int last = Integer.parseInt(range.group(2));
                if (first > last || last - first >= MAX_CLASSES) {
                    throw new IllegalArgumentException("classes has the range \"" + names
                            + "\", its first number must be the smaller one, and at most " + MAX_CLASSES
                            + " are taken");
                }
                for (int i = first; i <= last; i++) {
                    classes.merge(Integer.toString(i), weight, Double::sum);
                }
            } else {
                classes.merge(names, weight, Double::sum);
            }
        }
    }

    private static long whole(String where, String key, String value) {
        if (!value.matches("[0-9]{1,18}")) {
            throw new IllegalArgumentException(where + ": " + key + " is \"" + value + "\", it must be a whole number");
        }
        return Long.parseLong(value);
    }

    private static double number(String where, String key, String value) {
        if (!value.matches("-?[0-9]{1,9}(\\.[0-9]{1,9})?")) {
            throw new IllegalArgumentException(where + ": " + key + " is \"" + value + "\", it must be a number");
        }
        return Double.parseDouble(value);
    }
}
