package org.silhouettes.core.learner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.state.TrainingState;
import org.silhouettes.core.update.UpdateRule;
import org.silhouettes.linalg.LinalgBackend;

/** Which back end loads ND4J and OpenBLAS: a JVM of its own lists the classes that it loads. */
class NativeLibraryTest {

    @ParameterizedTest
    @EnumSource(LinalgBackend.class)
    void onlyTheBackEndNd4jLoadsNd4j(LinalgBackend backend) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load",
                "-Djava.awt.headless=true"));
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()) {
            command.add("--add-modules=jdk.incubator.vector");
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Learning.class.getName(), backend.name()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(process.waitFor())
                .as("%s", lines.subList(Math.max(0, lines.size() - 20), lines.size()))
                .isZero();
        assertThat(lines).anyMatch(line -> line.contains("org.silhouettes.core.update.BackpropUpdate"));
        boolean loaded = lines.stream().anyMatch(line -> line.contains("org.bytedeco.") || line.contains("org.nd4j."));
        assertThat(loaded).isEqualTo(backend == LinalgBackend.ND4J);
    }

    /** Learns one mini-batch with each update. */
    static final class Learning {

        private Learning() {}

        /** @param arguments the back end */
        public static void main(String[] arguments) {
            LinalgBackend backend = LinalgBackend.valueOf(arguments[0]);
            for (UpdateRule rule : UpdateRule.values()) {
                try (TrainingStep engine = RandomProblem.engine(RandomProblem.ENCODER.withBackend(backend), rule)) {
                    Dictionary dictionary = RandomProblem.dictionary(8);
                    RandomProblem.step(engine, dictionary, new TrainingState(), RandomProblem.images(8));
                }
            }
        }
    }
}
