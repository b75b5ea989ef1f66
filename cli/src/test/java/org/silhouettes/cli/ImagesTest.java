package org.silhouettes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import picocli.CommandLine;

/** The container images hold what docker-compose.yml runs, as far as that can be checked without a Docker engine. */
class ImagesTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    @Test
    void baseImagesHaveTheVersionsOfTheBuild() throws IOException {
        String flink = property("flink.version");
        String java = property("maven.compiler.release");
        assertThat(stages().values().stream().map(stage -> stage.get(0)))
                .containsOnly(
                        "FROM eclipse-temurin:" + java + "-jre AS unpacked",
                        "FROM flink:" + flink + "-scala_2.12-java" + java + " AS flink",
                        "FROM eclipse-temurin:" + java + "-jre AS app");
    }

    @Test
    void theAppRunsTheDistributionAsAUserOfItsOwn() throws IOException {
        List<String> app = stages().get("app");
        assertThat(app)
                .containsSubsequence(
                        "COPY --from=unpacked /unpacked/silhouettes /opt/silhouettes",
                        "USER silhouettes",
                        "ENTRYPOINT [\"/opt/silhouettes/bin/silhouettes\"]");
        assertThat(String.join("\n", app))
                .contains("useradd --uid 10001")
                .doesNotContain("--add-opens", "--add-modules");
        assertThat(stages().get("unpacked")).anyMatch(line -> line.contains("distribution/target/silhouettes-*-bin"));
        assertThat(ROOT.resolve("distribution/src/main/assembly/tar.xml"))
                .content()
                .contains("<id>bin</id>", "<format>tar.gz</format>");
    }

    @Test
    void whatAnImageCopiesIsSentToTheEngine() throws IOException {
        List<String> sent = Files.readAllLines(ROOT.resolve(".dockerignore"));
        assertThat(sent).first().isEqualTo("*");
        List<String> copied = stages().values().stream()
                .flatMap(List::stream)
                .filter(line -> line.matches("(ADD|COPY) (?!--from).*"))
                .map(line -> line.split(" ", -1)[1])
                .toList();
        assertThat(copied).isNotEmpty().allSatisfy(source -> assertThat(sent)
                .anyMatch(line -> ("!" + source + "/").startsWith(line + "/")));
    }

    @Test
    void composeRunsTheImagesAndMountsNoBuildFolder() throws IOException {
        for (Map.Entry<String, Map<String, Object>> service : services().entrySet()) {
            Object build = service.getValue().get("build");
            if (build instanceof Map<?, ?> of) {
                assertThat(stages())
                        .as(service.getKey())
                        .containsKey(of.get("target").toString());
            }
            assertThat(String.valueOf(service.getValue().get("volumes")))
                    .as(service.getKey())
                    .doesNotContain("target/");
        }
        assertThat(services().get("producer")).containsEntry("image", "silhouettes");
        assertThat(services().get("jobmanager")).containsEntry("image", "silhouettes-flink");
    }

    @Test
    void composeStartsCommandsThatExistWithOptionsThatExist() throws IOException {
        Map<String, CommandLine> commands = new CommandLine(Main.class).getSubcommands();
        for (String service : List.of("producer", "dashboard")) {
            List<String> line = ((List<?>) services().get(service).get("command"))
                    .stream().map(Object::toString).toList();
            CommandLine command = commands.get(line.get(0));
            assertThat(command).as(line.get(0)).isNotNull();
            assertThat(line.subList(1, line.size())).allSatisfy(argument -> assertThat(
                            command.getCommandSpec().findOption(argument.replaceFirst("=.*", "")))
                    .as(argument)
                    .isNotNull());
        }
    }

    private static Map<String, Map<String, Object>> services() throws IOException {
        Map<String, Map<String, Map<String, Object>>> compose =
                new Yaml().load(Files.readString(ROOT.resolve("docker-compose.yml")));
        return compose.get("services");
    }

    /** The instructions of the Dockerfile by stage, without comments and with continued lines joined. */
    private static Map<String, List<String>> stages() throws IOException {
        Map<String, List<String>> stages = new TreeMap<>();
        String stage = "";
        String text = Files.readString(ROOT.resolve("Dockerfile")).replaceAll("\\s*\\\\\n\\s*", " ");
        for (String line : text.lines().collect(Collectors.toList())) {
            if (line.startsWith("FROM ")) {
                stage = line.replaceFirst(".* AS ", "");
            }
            if (!line.isBlank() && !line.startsWith("#")) {
                stages.computeIfAbsent(stage, name -> new ArrayList<>()).add(line);
            }
        }
        return stages;
    }

    private static String property(String name) throws IOException {
        return Stream.of(Files.readString(ROOT.resolve("pom.xml")))
                .flatMap(pom -> Pattern.compile("<" + Pattern.quote(name) + ">(.*)</")
                        .matcher(pom)
                        .results())
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow();
    }
}
