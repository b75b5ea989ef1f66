package org.silhouettes.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.imaging.Picture;
import org.silhouettes.linalg.Random64;

/** The library example of README.md compiles and runs as it stands. */
class ReadmeExampleTest {

    private static final String HEADING = "## Use it as a library";

    @TempDir
    Path folder;

    @Test
    void libraryExampleCompilesAndLearns() throws Exception {
        List<String> example = example();
        assertThat(example).as("lines of the example").hasSizeBetween(5, 12);
        Path source = Files.writeString(
                folder.resolve("Example.java"),
                """
                import java.util.List;
                import org.silhouettes.core.*;
                import org.silhouettes.core.learner.*;
                import org.silhouettes.core.state.*;
                import org.silhouettes.imaging.*;
                public class Example {
                    public static long learned(Iterable<List<Picture>> stream) throws Exception {
                        %s
                    }
                }
                """
                        .formatted(String.join("\n", example)
                                // the last line of the example's block gives the test what it has learned
                                .replaceFirst("\\}$", "return state.learned();\n}")));
        StringWriter errors = new StringWriter();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        boolean compiled = compiler.getTask(
                        errors,
                        null,
                        null,
                        List.of("-d", folder.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none"),
                        null,
                        compiler.getStandardFileManager(null, null, null).getJavaFileObjects(source))
                .call();
        assertThat(compiled).as("%s", errors).isTrue();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            Object learned = loader.loadClass("Example")
                    .getMethod("learned", Iterable.class)
                    .invoke(null, stream());
            assertThat(learned).isEqualTo(2L * 64);
        }
    }

    /** Two mini-batches of noise. */
    private static List<List<Picture>> stream() {
        ImageShape shape = new ImageShape(28, 28, 1);
        Random64 random = new Random64(1);
        List<List<Picture>> stream = new ArrayList<>();
        for (int batch = 0; batch < 2; batch++) {
            List<Picture> pictures = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                byte[] samples = new byte[shape.values()];
                for (int p = 0; p < samples.length; p++) {
                    samples[p] = (byte) random.nextInt(256);
                }
                pictures.add(new Picture(shape, samples));
            }
            stream.add(pictures);
        }
        return stream;
    }

    private static List<String> example() throws IOException {
        List<String> readme = Files.readAllLines(Path.of("../README.md"));
        List<String> section = readme.subList(readme.indexOf(HEADING), readme.size());
        List<String> block = section.subList(section.indexOf("```java") + 1, section.size());
        return block.subList(0, block.indexOf("```"));
    }
}
