package org.silhouettes.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What is said where the kernels of a JVM are slow; JVMs of other kinds are started to see. */
class KernelChoiceTest {

    private static final String INCUBATOR = "--add-modules=jdk.incubator.vector";

    @Test
    void fastKernelsAreSilent() {
        assertThat(KernelChoice.slowness(true, true, true)).isEmpty();
    }

    @Test
    void eachSlownessIsNamedWithItsSlowdownAndItsRemedy() {
        assertThat(KernelChoice.slowness(false, true, false)).hasValueSatisfying(text -> assertThat(text)
                .contains("no fused multiply-add instruction", "hundreds of times as long", "Run on a CPU"));
        assertThat(KernelChoice.slowness(true, false, false)).hasValueSatisfying(text -> assertThat(text)
                .contains("--add-modules jdk.incubator.vector", "times as long", "Add"));
        assertThat(KernelChoice.slowness(true, true, false))
                .hasValueSatisfying(text -> assertThat(text).contains("AVX2", "times as long", "-XX:UseAVX"));
    }

    @Test
    void jvmWithoutFusedMultiplyAddIsSeenAndGetsPlainKernels() throws Exception {
        assumeX86();
        List<String> lines = describe(INCUBATOR, "-XX:+UnlockDiagnosticVMOptions", "-XX:-UseFMA");
        assertThat(lines).contains("plain Java");
        assertThat(lines.stream().filter(line -> line.contains("fused multiply-add")))
                .hasSize(1);
    }

    @Test
    void jvmWithoutTheModuleIsSeenAndGetsPlainKernels() throws Exception {
        assumeX86();
        assumeTrue(KernelChoice.hasFma(), "this CPU has no FMA, which is said first");
        List<String> lines = describe("-Dnothing=1");
        assertThat(lines).contains("plain Java");
        assertThat(lines.stream().filter(line -> line.contains("--add-modules")))
                .hasSize(1);
    }

    private static void assumeX86() {
        String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        assumeTrue(arch.equals("amd64") || arch.equals("x86_64"), "flags of x86-64");
    }

    private static List<String> describe(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Description.class.getName()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(process.waitFor()).as("%s", lines).isZero();
        return lines;
    }

    /** Prints the kernels of its JVM. */
    static final class Description {

        private Description() {}

        /** Prints two lines: what is slow, and the kernels. */
        public static void main(String[] arguments) {
            System.out.println(KernelChoice.SLOWNESS);
            System.out.println(Kernels.best().description());
        }
    }
}
