package org.silhouettes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.commons.cli.CommandLine;
import org.apache.flink.client.cli.CliFrontendParser;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** Runs the script that docker-compose.yml starts Flink's containers with, in a folder instead of a container. */
class ContainerStartTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final List<String> COMMAND =
            List.of("standalone-job", "--job-classname", "a.Job", "--", "--conf", "/conf/a b.yaml");

    @TempDir
    private Path folder;

    private Path state;

    @BeforeEach
    void container() throws IOException {
        state = Files.createDirectories(folder.resolve("state"));
        Files.createDirectories(folder.resolve("flink/conf"));
        Files.createDirectories(folder.resolve("flink/lib"));
        Files.createDirectories(folder.resolve("lib"));
        Files.writeString(folder.resolve("lib/nd4j.jar"), "");
        Path entrypoint = folder.resolve("entrypoint.sh");
        Files.writeString(entrypoint, "#!/usr/bin/env bash\nprintf '%s\\n' \"$@\" > \"$STATE_FOLDER/arguments\"\n");
        assertThat(entrypoint.toFile().setExecutable(true)).isTrue();
    }

    @Test
    void composeStartsFlinkWithTheScriptAndTheJobByIt() throws IOException {
        Map<String, Map<String, Map<String, Object>>> compose =
                new Yaml().load(Files.readString(ROOT.resolve("docker-compose.yml")));
        for (String service : List.of("jobmanager", "taskmanager")) {
            Map<String, Object> flink = compose.get("services").get(service);
            assertThat(flink.get("build")).isEqualTo(Map.of("context", ".", "target", "flink"));
            assertThat((List<?>) flink.get("volumes"))
                    .map(Object::toString)
                    .contains("./conf:/conf:ro", "state:/state");
        }
        assertThat((List<?>) compose.get("services").get("jobmanager").get("command"))
                .map(Object::toString)
                .startsWith("standalone-job")
                .doesNotContain("--fromSavepoint");
        assertThat(ROOT.resolve("conf/flink/start.sh")).exists();
    }

    @Test
    void withoutACheckpointTheJobStartsWithTheStream() throws Exception {
        Files.createDirectories(state.resolve("checkpoints/a/chk-1"));
        assertThat(started(COMMAND)).isEqualTo(COMMAND);
        assertThat(folder.resolve("flink/conf/config.yaml")).exists();
        assertThat(folder.resolve("flink/lib/nd4j.jar")).exists();
    }

    @Test
    void theNewestCompleteCheckpointIsTakenOver() throws Exception {
        complete("checkpoints/a/chk-12", 1_000);
        complete("checkpoints/b/chk-3", 3_000);
        complete("savepoints/savepoint-1", 2_000);
        Files.createDirectories(state.resolve("checkpoints/b/chk-4"));
        SavepointRestoreSettings restored = restored(started(COMMAND));
        assertThat(restored.getRestorePath()).isEqualTo("file://" + state.resolve("checkpoints/b/chk-3"));
        assertThat(restored.getRecoveryClaimMode()).isEqualTo(RecoveryClaimMode.CLAIM);
    }

    @Test
    void aSavepointThatIsNewerIsTakenAndStaysTheUsers() throws Exception {
        complete("checkpoints/a/chk-12", 1_000);
        complete("savepoints/savepoint-1", 2_000);
        SavepointRestoreSettings restored = restored(started(COMMAND));
        assertThat(restored.getRestorePath()).isEqualTo("file://" + state.resolve("savepoints/savepoint-1"));
        assertThat(restored.getRecoveryClaimMode()).isEqualTo(RecoveryClaimMode.NO_CLAIM);
    }

    @Test
    void aTaskManagerIsStartedAsItIs() throws Exception {
        complete("checkpoints/a/chk-12", 1_000);
        assertThat(started(List.of("taskmanager"))).containsExactly("taskmanager");
    }

    private void complete(String path, long millis) throws IOException {
        Path metadata = Files.createDirectories(state.resolve(path)).resolve("_metadata");
        Files.writeString(metadata, "");
        Files.setLastModifiedTime(metadata, FileTime.fromMillis(millis));
    }

    /** What the image's entry point is started with. */
    private List<String> started(List<String> arguments) throws Exception {
        List<String> command = new ArrayList<>(
                List.of("bash", ROOT.resolve("conf/flink/start.sh").toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "CONF_FOLDER", ROOT.resolve("conf").toString(),
                        "LIB_FOLDER", folder.resolve("lib").toString(),
                        "FLINK_HOME", folder.resolve("flink").toString(),
                        "STATE_FOLDER", state.toString(),
                        "FLINK_ENTRYPOINT", folder.resolve("entrypoint.sh").toString()));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return Files.readAllLines(state.resolve("arguments"));
    }

    /** What Flink's own parser makes of the arguments between the command and the job's own. */
    private static SavepointRestoreSettings restored(List<String> arguments) throws Exception {
        assertThat(arguments)
                .startsWith("standalone-job")
                .endsWith(COMMAND.subList(1, COMMAND.size()).toArray(new String[0]));
        String[] restore =
                arguments.subList(1, arguments.indexOf("--job-classname")).toArray(new String[0]);
        CommandLine parsed = CliFrontendParser.parse(CliFrontendParser.getRunCommandOptions(), restore, true);
        assertThat(parsed.getArgList()).as(Arrays.toString(restore)).isEmpty();
        return CliFrontendParser.createSavepointRestoreSettings(parsed);
    }
}
