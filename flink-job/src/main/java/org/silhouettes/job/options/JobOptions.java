package org.silhouettes.job.options;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.silhouettes.core.settings.SettingRecords;

/**
 * All options of the job, as the components of {@link JobSettings} declare them.
 *
 * <p>In addition, {@code kafka.<client option>} sets a property of Kafka's clients (secrets are refused: they belong into
 * the file of {@link #KAFKA_CONFIG}), and {@code flink.<Flink option>} an option of Flink.
 */
public final class JobOptions {

    public static final String BOOTSTRAP_SERVERS = "kafka.bootstrap-servers";
    public static final String KAFKA_CONFIG = "kafka.config";
    public static final String MAX_RECORD_BYTES = "output.max-record-bytes";

    private static final List<JobOption> ALL = declared();
    private static final Map<String, JobOption> BY_NAME = byName();

    private JobOptions() {}

    /** All options, section by section. */
    public static List<JobOption> all() {
        return ALL;
    }

    /** A value of an option as it is written into a file. */
    static String text(String key, Object value) {
        return BY_NAME.get(key).declared().text(value);
    }

    /** The option with that key or former key. */
    static Optional<JobOption> find(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    private static Map<String, JobOption> byName() {
        Map<String, JobOption> options = new HashMap<>();
        for (JobOption option : ALL) {
            options.put(option.key(), option);
            options.put(option.declared().stableKey(), option);
        }
        return options;
    }

    private static List<JobOption> declared() {
        Map<String, Object> defaults = SettingRecords.values(JobSettings.DECLARED);
        return SettingRecords.declared(JobSettings.class).stream()
                .map(declared -> new JobOption(declared, defaults.get(declared.key())))
                .collect(Collectors.groupingBy(JobOption::section, LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .flatMap(Collection::stream)
                .toList();
    }
}
