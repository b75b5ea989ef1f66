package org.silhouettes.dashboards.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PageFilesTest {

    private static final Path FOLDER = Path.of("src", "main", "resources", "dashboard");

    /** Else the browser would find them one import after the other, which takes a trip to the server each. */
    @Test
    void theDocumentAsksForEveryModuleAtOnce() throws Exception {
        List<String> modules = new ArrayList<>(List.of("uplot.js"));
        try (Stream<Path> files = Files.list(FOLDER)) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".js") && !name.equals("app.js") && !name.endsWith("-worker.js"))
                    .forEach(modules::add);
        }
        List<String> preloaded = Pattern.compile("rel=\"modulepreload\" href=\"/([^\"]+)\"")
                .matcher(Files.readString(FOLDER.resolve("index.html")))
                .results()
                .map(link -> link.group(1))
                .toList();
        assertThat(preloaded).containsExactlyInAnyOrderElementsOf(modules);
    }
}
