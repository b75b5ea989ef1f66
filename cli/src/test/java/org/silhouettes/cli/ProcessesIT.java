package org.silhouettes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line as processes of their own: log files, exit codes, and what stays behind. */
class ProcessesIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    private Path temporary;
    private Path output;

    @BeforeEach
    void makeFolders() throws IOException {
        temporary = Files.createDirectory(folder.resolve("tmp"));
        output = folder.resolve("output");
    }

    private Process start(String... arguments) throws IOException {
        Path conf = Path.of("../conf/log4j2.properties").toAbsolutePath().normalize();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "@" + Path.of("../conf/jvm.options").toAbsolutePath().normalize(),
                "-Djava.io.tmpdir=" + temporary,
                "-Dlog4j2.configurationFile=" + conf,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    private int end(Process process) throws Exception {
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as(Files.readString(output))
                .isTrue();
        return process.exitValue();
    }

    private List<Path> left() throws IOException {
        try (Stream<Path> files = Files.walk(temporary)) {
            // the JVM's own files are not ours
            return files.filter(path -> path.toString().contains("silhouettes")).toList();
        }
    }

    @Test
    void aRunThatIsToldToEndExitsWith143AndLeavesNothing() throws Exception {
        Process run = start("run", "--dataset", "glyphs", "--images", "10000000", "--out", folder + "/out");
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> !run.isAlive()
                        || Files.readString(output).contains("learning from")
                                && left().stream().anyMatch(path -> path.endsWith("flink")));
        assertThat(run.isAlive()).as(Files.readString(output)).isTrue();
        run.destroy();
        assertThat(end(run)).isEqualTo(143);
        assertThat(left()).isEmpty();
    }

    @Test
    void aFailedCommandNamesItsOwnLogFileAndNothingIsShared() throws Exception {
        int code = end(start("job", "--bootstrap-servers", "127.0.0.1:1", "--data-dir", folder + "/data"));
        assertThat(code).isEqualTo(1);
        assertThat(left()).isEmpty();
        Path log = folder.resolve("data/silhouettes.log");
        assertThat(Files.readString(output)).contains(log.toString());
        assertThat(log).isNotEmptyFile();
        assertThat(Files.getPosixFilePermissions(log)).hasSize(2);
    }

    @Test
    void aCommandThatSucceedsLeavesNothingAndOneThatFailsKeepsItsLogAlone() throws Exception {
        assertThat(end(start(
                        "run",
                        "--dataset",
                        "glyphs",
                        "--images",
                        "300",
                        "--test-images",
                        "50",
                        "--fit-images",
                        "50",
                        "-Dinit.warm-up=100",
                        "--out",
                        folder + "/out")))
                .as(Files.readString(output))
                .isZero();
        assertThat(left()).isEmpty();
        assertThat(end(start("produce", "--bootstrap-servers", "127.0.0.1:1", "--dataset", "glyphs")))
                .isEqualTo(1);
        assertThat(left()).allSatisfy(path -> assertThat(Files.isDirectory(path) || path.endsWith("silhouettes.log"))
                .isTrue());
    }
}
