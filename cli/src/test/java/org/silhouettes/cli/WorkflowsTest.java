package org.silhouettes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The workflows in .github run .ci/run on each change, and every profile of the build at night. */
class WorkflowsTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Path WORKFLOWS = ROOT.resolve(".github/workflows");

    @Test
    void everyChangeRunsTheCheck() throws IOException {
        Map<String, Object> ci = new Yaml().load(Files.readString(WORKFLOWS.resolve("ci.yml")));
        assertThat(ci.get("jobs").toString()).contains("run=.ci/run}");
        assertThat(ROOT.resolve(".ci/run")).isExecutable();
    }

    /** Profiles that a machine activates by itself choose native libraries. */
    @Test
    void everyProfileRunsAtNight() throws IOException {
        TreeSet<String> profiles = new TreeSet<>();
        for (Path pom : poms()) {
            Pattern.compile("<profile>\\s*(?:<!--.*?-->\\s*)?<id>([a-z-]+)</id>(?!\\s*<activation>)", Pattern.DOTALL)
                    .matcher(Files.readString(pom))
                    .results()
                    .forEach(profile -> profiles.add(profile.group(1)));
        }
        assertThat(profiles).contains("faults", "cluster", "dashboard-benchmark", "release");
        String nightly = Files.readString(WORKFLOWS.resolve("nightly.yml"));
        List<String> run = Pattern.compile("-P([a-z-]+)")
                .matcher(nightly)
                .results()
                .map(MatchResult::group)
                .toList();
        assertThat(run).hasSize(profiles.size());
        assertThat(profiles).allSatisfy(profile -> assertThat(nightly).contains("-P" + profile));
        assertThat(new Yaml().<Map<String, Object>>load(nightly)).containsKey("jobs");
    }

    private static List<Path> poms() throws IOException {
        try (Stream<Path> folders = Files.list(ROOT)) {
            return Stream.concat(Stream.of(ROOT), folders)
                    .map(folder -> folder.resolve("pom.xml"))
                    .filter(Files::isRegularFile)
                    .collect(Collectors.toList());
        }
    }
}
