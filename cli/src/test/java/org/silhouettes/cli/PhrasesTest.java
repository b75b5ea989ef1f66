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
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Counts the phrases to avoid of {@code language/phrases.tsv} in the whole tree. Documentation and configuration have none;
 * code and tests have at most the counts of {@code language/ceilings.tsv}, which may only fall. With {@code -Dphrases.lower=true} the
 * test writes lower counts into that file.
 */
class PhrasesTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Path LANGUAGE = ROOT.resolve("cli/src/test/resources/language");
    private static final Path CEILINGS = LANGUAGE.resolve("ceilings.tsv");
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
        List<String> found = new ArrayList<>();
        for (Path file : files(Area.DOCUMENTATION)) {
            String text = Files.readString(file);
            phrases().forEach((phrase, instead) -> phrase.matcher(text)
                    .results()
                    .forEach(match -> found.add("%s:%d \"%s\": write %s"
                            .formatted(ROOT.relativize(file), line(text, match.start()), match.group(), instead))));
        }
        assertThat(found).isEmpty();
    }

    @Test
    void codeUsesThemNoMoreThanBefore() throws IOException {
        Map<String, Integer> ceilings = ceilings();
        StringBuilder lower = new StringBuilder();
        for (Area area : List.of(Area.CODE, Area.TESTS)) {
            Map<Pattern, Integer> counts = counts(area);
            int sum = counts.values().stream().mapToInt(Integer::intValue).sum();
            assertThat(sum)
                    .as("uses in %s; write what phrases.tsv says: %s", area, counts)
                    .isLessThanOrEqualTo(ceilings.get(area.name()));
            lower.append(area).append('\t').append(sum).append('\n');
        }
        if (Boolean.getBoolean("phrases.lower")) {
            Files.writeString(CEILINGS, lower);
        }
    }

    @Test
    void everyPhraseHasAReplacementAndItsOwnLine() throws IOException {
        assertThat(phrases()).hasSizeGreaterThan(30).allSatisfy((phrase, instead) -> assertThat(instead)
                .isNotBlank());
        assertThat(phrases().keySet().stream().map(Pattern::pattern)).doesNotHaveDuplicates();
    }

    private static Map<Pattern, Integer> counts(Area area) throws IOException {
        Map<Pattern, Integer> counts = new LinkedHashMap<>();
        Map<Pattern, String> phrases = phrases();
        for (Path file : files(area)) {
            String text = Files.readString(file);
            for (Pattern phrase : phrases.keySet()) {
                counts.merge(phrase, (int) phrase.matcher(text).results().count(), Integer::sum);
            }
        }
        counts.values().removeIf(count -> count == 0);
        return counts;
    }

    private static Map<String, Integer> ceilings() throws IOException {
        Map<String, Integer> ceilings = new TreeMap<>();
        for (String line : Files.readAllLines(CEILINGS)) {
            int tab = line.lastIndexOf('\t');
            ceilings.put(line.substring(0, tab), Integer.parseInt(line.substring(tab + 1)));
        }
        return ceilings;
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
