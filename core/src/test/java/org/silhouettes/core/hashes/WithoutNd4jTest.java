package org.silhouettes.core.hashes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The default back end in a JVM that has neither ND4J nor a BLAS on its class path. */
class WithoutNd4jTest {

    private static final String ROW = "backprop-community";

    /** The program of that JVM: prints what comes of the row of that name. */
    static final class Program {

        private Program() {}

        public static void main(String[] args) throws IOException {
            try (HashedRun run = new HashedRun(row(args[0]))) {
                System.out.println(run.outcome());
            }
        }
    }

    @Test
    void modelIsInitialisedAndLearnedWithoutNd4j() throws IOException, InterruptedException {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.matches(".*(nd4j|openblas|javacpp|bytedeco).*"))
                .collect(Collectors.joining(File.pathSeparator));
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                "-Xmx512m",
                "-cp",
                classPath));
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()) {
            command.add("--add-modules=jdk.incubator.vector");
        }
        command.addAll(List.of(Program.class.getName(), ROW));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).contains(row(ROW).expected());
    }

    private static HashRow row(String name) {
        return HashTable.rows().stream()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
