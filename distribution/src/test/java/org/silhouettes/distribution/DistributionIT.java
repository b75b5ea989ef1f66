package org.silhouettes.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The distribution, unpacked into a folder whose path has a blank, runs without Maven and without the sources. */
class DistributionIT {

    private static final long PATIENCE_MINUTES = 10;

    @TempDir
    private static Path folder;

    private static Path home;

    private final Path output = folder.resolve("output");

    @BeforeAll
    static void unpack() throws Exception {
        Path tar = Path.of(System.getProperty("distribution"));
        Path target = Files.createDirectory(folder.resolve("a folder"));
        Process process = new ProcessBuilder("tar", "-xzf", tar.toString(), "-C", target.toString())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
        try (Stream<Path> files = Files.list(target)) {
            home = files.toList().get(0);
        }
    }

    /** Runs the launcher with no Maven on its PATH, in another folder than its own, and with this JVM's Java. */
    private int run(boolean javaHome, String... arguments) throws IOException, InterruptedException {
        Path java = Path.of(System.getProperty("java.home"));
        List<String> command =
                new ArrayList<>(List.of(home.resolve("bin/silhouettes").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().remove("SILHOUETTES_JVM");
        builder.environment().remove("JAVA_HOME");
        builder.environment().put("PATH", javaHome ? tools() : java.resolve("bin") + ":" + tools());
        if (javaHome) {
            builder.environment().put("JAVA_HOME", java.toString());
        }
        Process process = builder.start();
        try {
            assertThat(process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES))
                    .as(Files.readString(output))
                    .isTrue();
        } finally {
            process.destroy();
        }
        return process.exitValue();
    }

    /** A PATH with the few programs that the launcher uses, and neither java nor mvn. */
    private static String tools() throws IOException {
        Path tools = Files.createDirectories(folder.resolve("tools"));
        for (String tool : List.of("bash", "env", "dirname", "readlink", "sed", "head", "uname")) {
            Path link = tools.resolve(tool);
            if (!Files.exists(link)) {
                Files.createSymbolicLink(link, program(tool));
            }
        }
        return tools.toString();
    }

    private static Path program(String name) {
        return Stream.of("/usr/bin", "/bin")
                .map(place -> Path.of(place, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void helpIsShownWithTheJavaOfJavaHome() throws Exception {
        assertThat(run(true, "--help")).as(Files.readString(output)).isZero();
        assertThat(Files.readString(output)).contains("Usage: silhouettes");
    }

    @Test
    void aBoundedRunLearnsWithTheJavaOfThePath() throws Exception {
        int code = run(
                false,
                "run",
                "--dataset",
                "glyphs",
                "--images",
                "500",
                "--test-images",
                "50",
                "--fit-images",
                "50",
                "-Dinit.warm-up=200",
                "--out",
                folder.resolve("out").toString());
        assertThat(code).as(Files.readString(output)).isZero();
        assertThat(folder.resolve("out/report.json")).content().contains("dictionarySha256");
        assertThat(Files.readString(output)).doesNotContain("without --add-modules");
    }

    @Test
    void aMissingJavaIsAnErrorWithItsRemedy() throws Exception {
        Path nowhere = folder.resolve("no java");
        ProcessBuilder builder = new ProcessBuilder(
                        home.resolve("bin/silhouettes").toString(), "--help")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("JAVA_HOME", nowhere.toString());
        assertThat(builder.start().waitFor()).isEqualTo(1);
        assertThat(Files.readString(output)).contains(nowhere.toString(), "Java 17 or newer");
    }

    @Test
    void itHoldsWhatTheDocumentationNames() {
        assertThat(List.of("LICENSE", "README.md", "docs/options.md", "conf/jvm.options", "conf/silhouettes.yaml"))
                .allSatisfy(file -> assertThat(home.resolve(file)).isNotEmptyFile());
        assertThat(home.resolve("pom.xml")).doesNotExist();
    }
}
