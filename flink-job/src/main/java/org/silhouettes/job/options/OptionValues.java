package org.silhouettes.job.options;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.CommonClientConfigs;
import org.silhouettes.wire.kafka.ClientNames;

/**
 * The given options, parsed and checked.
 *
 * @param values values of the job's own options, by key
 * @param kafkaClients properties of Kafka's clients, by Kafka's names
 * @param flink options of Flink, by Flink's names
 * @param warnings what the user should change before the next release
 */
record OptionValues(
        Map<String, Object> values,
        Map<String, String> kafkaClients,
        Map<String, String> flink,
        List<String> warnings) {

    private static final String KAFKA = "kafka.";
    private static final String FLINK = "flink.";

    /** @throws IllegalArgumentException naming key, value and remedy, where a key is unknown or a value out of range */
    static OptionValues parse(Map<String, String> texts) {
        OptionValues options = new OptionValues(new HashMap<>(), new TreeMap<>(), new TreeMap<>(), new ArrayList<>());
        new TreeMap<>(texts).forEach((key, text) -> {
            Optional<JobOption> own = JobOptions.find(key);
            if (own.isPresent()) {
                options.put(own.get(), key, text.strip());
            } else if (key.startsWith(FLINK) && key.length() > FLINK.length()) {
                options.flink.put(key.substring(FLINK.length()), text);
            } else if (key.startsWith(KAFKA) && ClientNames.all().contains(key.substring(KAFKA.length()))) {
                options.kafkaClients.put(kafkaName(key), text.strip());
            } else {
                throw new IllegalArgumentException("unknown option " + key + ": did you mean " + nearest(key) + "?");
            }
        });
        return options;
    }

    private void put(JobOption option, String name, String text) {
        Object value = option.parse(text);
        if (values.put(option.key(), value) != null) {
            throw new IllegalArgumentException("option " + option.key() + " is given twice, also by its former name "
                    + option.declared().stableKey() + ": remove one of them");
        }
        if (!name.equals(option.key())) {
            warnings.add(
                    "option " + name + " was renamed to " + option.key() + "; the old name works in this release only");
        }
        String now = option.declared().text(value);
        if (value instanceof Enum<?> && !text.equals(now)) {
            warnings.add("value " + text + " of option " + option.key() + " was renamed to " + now
                    + "; the old value works in this release only");
        }
    }

    /** Kafka's own name, where it may be set by an option: neither what the job sets itself nor a secret. */
    private static String kafkaName(String key) {
        String name = key.substring(KAFKA.length());
        if (name.equals(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG)) {
            throw new IllegalArgumentException(
                    "option " + key + " is named " + JobOptions.BOOTSTRAP_SERVERS + ": use that name");
        }
        ClientNames.requireFree(name, "option " + key);
        if (ClientNames.isSecret(name)) {
            throw new IllegalArgumentException("option " + key
                    + " holds a secret, which would be visible in arguments and on Flink's page: put " + name
                    + " into a file that only this user can read, and give its path (--kafka-config, kafka.config)");
        }
        return name;
    }

    private static String nearest(String key) {
        Stream<String> candidates = JobOptions.all().stream().map(JobOption::key);
        return ClientNames.nearest(
                        key,
                        key.startsWith(KAFKA)
                                ? Stream.concat(
                                        candidates, ClientNames.all().stream().map(name -> KAFKA + name))
                                : candidates)
                .get(0);
    }
}
