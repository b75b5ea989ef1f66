package org.silhouettes.job;

import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Values of all options: typed, in range, and none of an unknown key. */
final class OptionValues {

    private static final String KAFKA = "kafka.";
    private static final String FLINK = "flink.";
    private static final String OFF = "off";

    private final Map<String, Object> values = new HashMap<>();
    private final Map<String, String> kafkaClients = new TreeMap<>();
    private final Map<String, String> flink = new TreeMap<>();

    private OptionValues() {}

    static OptionValues parse(Map<String, String> texts) {
        OptionValues options = new OptionValues();
        Map<String, String> own = new HashMap<>();
        Set<String> keys = keys();
        new TreeMap<>(texts).forEach((key, text) -> {
            if (keys.contains(key)) {
                own.put(key, text.strip());
            } else if (key.startsWith(FLINK) && key.length() > FLINK.length()) {
                options.flink.put(key.substring(FLINK.length()), text);
            } else if (key.startsWith(KAFKA) && kafkaNames().contains(key.substring(KAFKA.length()))) {
                options.kafkaClients.put(key.substring(KAFKA.length()), text);
            } else {
                throw new IllegalArgumentException(
                        "unknown option " + key + ": did you mean " + nearest(key, keys) + "?");
            }
        });
        for (JobOption<?> option : JobOptions.all()) {
            options.values.put(option.key(), parse(option, own.get(option.key())));
        }
        return options;
    }

    private static <T> T parse(JobOption<T> option, String text) {
        if (text == null) {
            return option.config().defaultValue();
        }
        boolean off = option.config().defaultValue() instanceof Duration && text.equals(OFF);
        T value;
        try {
            value = Configuration.fromMap(Map.of(option.key(), off ? "0 ms" : text))
                    .get(option.config());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    option.key() + " is \"" + text + "\", it must be "
                            + option.range().text() + option.unitText(),
                    e);
        }
        return option.checked(value);
    }

    @SuppressWarnings("unchecked")
    <T> T get(JobOption<T> option) {
        return (T) values.get(option.key());
    }

    <E extends Enum<E>> E choice(JobOption<String> option, Class<E> type) {
        String text = get(option);
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> OptionText.choice(constant).equals(text))
                .findFirst()
                .orElseThrow();
    }

    Map<String, String> kafkaClients() {
        return kafkaClients;
    }

    Map<String, String> flink() {
        return flink;
    }

    private static Set<String> keys() {
        Set<String> keys = new HashSet<>();
        JobOptions.all().forEach(option -> keys.add(option.key()));
        return keys;
    }

    private static Set<String> kafkaNames() {
        Set<String> names = new HashSet<>(ConsumerConfig.configNames());
        names.addAll(ProducerConfig.configNames());
        names.addAll(AdminClientConfig.configNames());
        return names;
    }

    private static String nearest(String key, Set<String> keys) {
        Stream<String> candidates = key.startsWith(KAFKA)
                ? Stream.concat(keys.stream(), kafkaNames().stream().map(name -> KAFKA + name))
                : keys.stream();
        return candidates
                .min(Comparator.<String>comparingInt(candidate -> distance(key, candidate))
                        .thenComparing(Comparator.naturalOrder()))
                .orElseThrow();
    }

    /** Levenshtein's edit distance. */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int corner = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int above = row[j];
                int change = corner + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, Math.min(above, row[j - 1]) + 1);
                corner = above;
            }
        }
        return row[to.length()];
    }
}
