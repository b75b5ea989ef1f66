package org.silhouettes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.junit.jupiter.api.Test;
import org.silhouettes.wire.TopicPolicy;

/** The containers are configured as the program configures itself. */
class ContainersTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    @Test
    void composeCreatesTheTopicsWithTheProgramsPolicies() throws IOException {
        String compose = Files.readString(ROOT.resolve("docker-compose.yml"));
        Map<String, Map<String, String>> created = topics(compose);
        Map<String, Map<String, String>> expected = new TreeMap<>();
        TopicPolicy.all(2, TopicPolicy.HISTORY).forEach(policy -> {
            Map<String, String> config = new TreeMap<>(policy.config());
            config.put("partitions", Integer.toString(policy.partitions()));
            expected.put(policy.topic(), config);
        });
        assertThat(created).isEqualTo(expected);
    }

    @Test
    void composeHasNoSecretsOfItsOwnAndNoneInArguments() throws IOException {
        String compose = Files.readString(ROOT.resolve("docker-compose.yml"));
        assertThat(compose)
                .contains("${SILHOUETTES_TOKEN:?", "${GRAFANA_PASSWORD:?")
                .doesNotContain("change-me", "--token");
    }

    @Test
    void flinkReadsItsConfigurationAndItsMemoryAddsUp() {
        Configuration flink = GlobalConfiguration.loadConfiguration(
                ROOT.resolve("conf").resolve("flink").toString());
        assertThat(flink.get(StateBackendOptions.STATE_BACKEND)).isEqualTo("rocksdb");
        assertThat(flink.get(CheckpointingOptions.CHECKPOINTS_DIRECTORY)).isEqualTo("file:///state/checkpoints");
        // throws where the sizes contradict each other
        assertThat(TaskExecutorProcessUtils.processSpecFromConfig(flink)
                        .getTotalProcessMemorySize()
                        .toString())
                .isEqualTo("3 gb");
    }

    @Test
    void flinkRunsWithTheJvmFlagsOfEveryProcess() throws IOException {
        String options = GlobalConfiguration.loadConfiguration(
                        ROOT.resolve("conf").resolve("flink").toString())
                .toMap()
                .get("env.java.opts.all");
        List<String> flags = Files.readAllLines(ROOT.resolve("conf").resolve("jvm.options")).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
        assertThat(flags).hasSizeGreaterThan(5).doesNotContain("");
        assertThat(List.of(options.split("\\s+"))).containsSequence(flags);
    }

    @Test
    void everyProcessReadsTheOneListOfJvmFlags() throws IOException {
        for (String file : List.of("pom.xml", "silhouettes", "benchmarks/jmh", "examples/run")) {
            assertThat(Files.readString(ROOT.resolve(file)))
                    .as(file)
                    .contains("conf/jvm.options")
                    .doesNotContain("--add-opens", "--add-modules");
        }
        assertThat(ManagementFactory.getRuntimeMXBean().getInputArguments())
                .contains("-Dorg.bytedeco.javacpp.maxphysicalbytes=0");
    }

    /** The shell lines "create topic partitions --config name=value …", with the script's own variables put in. */
    private static Map<String, Map<String, String>> topics(String compose) {
        Map<String, String> variables = new TreeMap<>();
        Pattern.compile("(?m)^\\s+week=(\\d+) segment=(\\d+)$")
                .matcher(compose)
                .results()
                .forEach(found -> {
                    variables.put("$$week", found.group(1));
                    variables.put("$$segment", found.group(2));
                });
        List<String> loop = Pattern.compile("for topic in ([a-z ]+); do")
                .matcher(compose)
                .results()
                .flatMap(found -> Arrays.stream(found.group(1).split(" ")))
                .toList();
        Map<String, Map<String, String>> topics = new TreeMap<>();
        List<MatchResult> lines = Pattern.compile("(?m)^\\s+create (\\S+) (\\d+) (--config .*)$")
                .matcher(compose)
                .results()
                .toList();
        for (MatchResult line : lines) {
            Map<String, String> config = new TreeMap<>();
            config.put("partitions", line.group(2));
            Pattern.compile("--config (\\S+)=(\\S+)")
                    .matcher(line.group(3))
                    .results()
                    .forEach(option ->
                            config.put(option.group(1), variables.getOrDefault(option.group(2), option.group(2))));
            (line.group(1).equals("$$topic") ? loop : List.of(line.group(1)))
                    .forEach(topic -> topics.put(topic, config));
        }
        return topics;
    }
}
