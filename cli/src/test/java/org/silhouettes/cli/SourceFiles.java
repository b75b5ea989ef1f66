package org.silhouettes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The Java sources of all modules, tests included. */
final class SourceFiles {

    /** Root of the project. */
    static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    private SourceFiles() {}

    static List<Path> all() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT, 20)) {
            List<Path> sources = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> ROOT.relativize(file).toString().contains("src/"))
                    .filter(file -> !ROOT.relativize(file).toString().contains("target/"))
                    .toList();
            assertThat(sources).as("sources below %s", ROOT).hasSizeGreaterThan(400);
            return sources;
        }
    }
}
