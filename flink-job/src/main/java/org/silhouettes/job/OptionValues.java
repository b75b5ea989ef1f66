package org.silhouettes.job;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.CommonClientConfigs;
import org.silhouettes.wire.kafka.ClientNames;

/** Values of all options: typed, in range, and none of an unknown key. */
final class OptionValues {

    private static final String KAFKA = "kafka.";
    private static final String FLINK = "flink.";
    private static final String OFF = "off";

    private final Map<String, Object> values = new HashMap<>();
    private final Map<String, String> kafkaClients = new TreeMap<>();
    private final Map<String, String> flink = new TreeMap<>();
    private final Set<String> given = new HashSet<>();

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
            } else if (key.startsWith(KAFKA) && ClientNames.all().contains(key.substring(KAFKA.length()))) {
                options.kafkaClients.put(kafkaName(key), text.strip());
            } else {
                throw new IllegalArgumentException(
                        "unknown option " + key + ": did you mean " + nearest(key, keys) + "?");
            }
        });
        for (JobOption<?> option : JobOptions.all()) {
            options.values.put(option.key(), parse(option, own.get(option.key())));
        }
        options.given.addAll(own.keySet());
        return options;
    }

    /** Kafka's own name, where it may be set by an option: neither what the job sets itself nor a secret. */
    private static String kafkaName(String key) {
        String name = key.substring(KAFKA.length());
        if (name.equals(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG)) {
            throw new IllegalArgumentException(
                    "option " + key + " is named " + JobOptions.BOOTSTRAP_SERVERS.key() + ": use that name");
        }
        ClientNames.requireFree(name, "option " + key);
        if (ClientNames.isSecret(name)) {
            throw new IllegalArgumentException("option " + key
                    + " holds a secret, which would be seen in arguments and on Flink's page: put " + name
                    + " into a file that only this user can read, and give its path (--kafka-config, kafka.config)");
        }
        return name;
    }

    /** The value of an option, where the user gave one. */
    Optional<String> given(JobOption<String> option) {
        return given.contains(option.key()) ? Optional.of(get(option)) : Optional.empty();
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

    private static String nearest(String key, Set<String> keys) {
        Stream<String> candidates = key.startsWith(KAFKA)
                ? Stream.concat(keys.stream(), ClientNames.all().stream().map(name -> KAFKA + name))
                : keys.stream();
        return ClientNames.nearest(key, candidates).get(0);
    }
}
