package org.silhouettes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The whole tree uses none of the phrases of {@code language/phrases.tsv}, but for the names of {@code language/stored.txt}. */
class PhrasesTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Path LANGUAGE = ROOT.resolve("cli/src/test/resources/language");
    private static final Set<String> SKIPPED_FOLDERS = Set.of(".git", "target", "node_modules", "data", "out");

    /** Files that quote the phrases: what was renamed, what was released, and the list itself. */
    private static final List<String> QUOTING =
            List.of("docs/renames.md", "CHANGELOG.md", "cli/src/test/resources/language/");

    private enum Area {
        DOCUMENTATION,
        CODE,
        TESTS
    }

    @Test
    void documentationAndConfigurationUseNoneOfThem() throws IOException {
        assertThat(found(Area.DOCUMENTATION)).isEmpty();
    }

    @Test
    void codeUsesNoneOfThem() throws IOException {
        assertThat(found(Area.CODE)).isEmpty();
    }

    @Test
    void testsUseNoneOfThem() throws IOException {
        assertThat(found(Area.TESTS)).isEmpty();
    }

    private static List<String> found(Area area) throws IOException {
        List<String> found = new ArrayList<>();
        List<Path> files = files(area);
        assertThat(files).hasSizeGreaterThan(10);
        Map<Pattern, String> phrases = phrases();
        Pattern stored = Pattern.compile(Files.readAllLines(LANGUAGE.resolve("stored.txt")).stream()
                .filter(line -> !line.startsWith("#"))
                .collect(Collectors.joining("|")));
        for (Path file : files) {
            String text = stored.matcher(Files.readString(file)).replaceAll("");
            phrases.forEach((phrase, instead) -> phrase.matcher(text)
                    .results()
                    .forEach(match -> found.add("%s:%d \"%s\": write %s"
                            .formatted(ROOT.relativize(file), line(text, match.start()), match.group(), instead))));
        }
        return found;
    }

    @Test
    void everyPhraseHasAReplacementAndItsOwnLine() throws IOException {
        assertThat(phrases()).hasSizeGreaterThan(30).allSatisfy((phrase, instead) -> assertThat(instead)
                .isNotBlank());
        assertThat(phrases().keySet().stream().map(Pattern::pattern)).doesNotHaveDuplicates();
    }

    private static Map<Pattern, String> phrases() throws IOException {
        Map<Pattern, String> phrases = new LinkedHashMap<>();
        for (String line : Files.readAllLines(LANGUAGE.resolve("phrases.tsv"), StandardCharsets.UTF_8)) {
            if (!line.startsWith("#")) {
                int tab = line.indexOf('\t');
                phrases.put(Pattern.compile(line.substring(0, tab)), line.substring(tab + 1));
            }
        }
        return phrases;
    }

    private static List<Path> files(Area area) throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return SKIPPED_FOLDERS.contains(String.valueOf(folder.getFileName()))
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String name = ROOT.relativize(file).toString();
                if (attributes.isRegularFile()
                        && QUOTING.stream().noneMatch(name::startsWith)
                        && areaOf(name) == area) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }

    private static Area areaOf(String name) {
        if (name.endsWith(".java")
                || name.contains("src/main/resources/dashboard/") && name.matches(".*(js|html|css)")) {
            return name.contains("src/test/") || name.startsWith("testkit/") ? Area.TESTS : Area.CODE;
        }
        boolean text =
                name.matches(".*[.](md|yaml|yml|properties|options|xml|sh)|silhouettes|Dockerfile|.*/run|.*/jmh");
        return text ? Area.DOCUMENTATION : null;
    }

    private static long line(String text, int index) {
        return text.substring(0, index).lines().count();
    }
}
