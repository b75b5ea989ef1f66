package org.silhouettes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** README.md and docs/ name only files, headings, commands and options that exist. */
class DocumentationTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Path README = ROOT.resolve("README.md");
    private static final int README_BYTES = 8192;

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern COMMAND = Pattern.compile("(?:\\./|bin/)silhouettes ([a-z][a-z-]*)([^`\\n|;#]*)");
    private static final Pattern FLAG = Pattern.compile("(?<![\\w-])--[a-z][a-z-]+");
    private static final Pattern SETTING = Pattern.compile("-D([a-z][a-z-]*\\.[a-z0-9.-]+)=");
    private static final Pattern CODE = Pattern.compile("`([a-z][a-z-]*\\.[a-z0-9.-]+)(?:=[^`]*)?`");

    /** Options of other programs that the documentation names, and two of Java's. */
    private static final Set<String> OTHER_PROGRAMS = Set.of(
            "--add-modules",
            "--bootstrap-server",
            "--topic",
            "--partition",
            "--start-offset",
            "--command-config",
            "--fromSavepoint",
            "--volumes",
            "--build",
            "--data-binary");

    @Test
    void theReadmeIsShort() throws IOException {
        assertThat(Files.size(README)).isLessThanOrEqualTo(README_BYTES);
    }

    @Test
    void theReadmeShowsTheTwoCommandsThatTheBuildRuns() throws IOException {
        assertThat(Files.readString(README)).contains("\n./silhouettes demo ", "\nmvn verify ");
        assertThat(Files.readString(ROOT.resolve(".ci/run"))).contains("mvn -B -ntp verify");
    }

    @Test
    void everyRelativeLinkLeadsToAFileAndItsHeading() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path page : pages()) {
            for (String link : links(page)) {
                String[] parts = link.split("#", 2);
                Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]);
                if (!Files.exists(target)
                        || parts.length > 1 && !headings(target).contains(parts[1])) {
                    broken.add(ROOT.relativize(page) + " -> " + link);
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void everyPageIsReachedFromTheReadme() throws IOException {
        Set<Path> reached = new HashSet<>(Set.of(README));
        Deque<Path> open = new ArrayDeque<>(reached);
        while (!open.isEmpty()) {
            Path page = open.pop();
            for (String link : links(page)) {
                Path target = page.resolveSibling(link.replaceFirst("#.*", "")).normalize();
                if (target.toString().endsWith(".md") && reached.add(target)) {
                    open.push(target);
                }
            }
        }
        assertThat(pages()).isSubsetOf(reached);
    }

    @Test
    void everyCommandAndItsOptionsExist() throws IOException {
        Map<String, CommandLine> commands = new CommandLine(Main.class).getSubcommands();
        List<String> unknown = new ArrayList<>();
        for (Path page : pages()) {
            for (MatchResult use : matches(COMMAND, page)) {
                CommandLine command = commands.get(use.group(1));
                if (command == null) {
                    unknown.add(ROOT.relativize(page) + ": " + use.group());
                    continue;
                }
                FLAG.matcher(use.group(2))
                        .results()
                        .map(MatchResult::group)
                        .filter(flag -> command.getCommandSpec().findOption(flag) == null)
                        .forEach(flag -> unknown.add(ROOT.relativize(page) + ": " + use.group(1) + " " + flag));
            }
        }
        assertThat(unknown).isEmpty();
    }

    @Test
    void everyFlagIsAnOptionOfSomeCommandOrOfANamedProgram() throws IOException {
        Set<String> known = new CommandLine(Main.class)
                .getSubcommands().values().stream()
                        .flatMap(command -> command.getCommandSpec().optionsMap().keySet().stream())
                        .collect(Collectors.toCollection(TreeSet::new));
        known.addAll(OTHER_PROGRAMS);
        assertThat(uses(FLAG, 0, known)).isEmpty();
    }

    @Test
    void everySettingOfTheJobExists() throws IOException {
        Set<String> keys = Pattern.compile("(?m)^#([a-z][a-z-]*\\.[a-z0-9.-]+): ")
                .matcher(Files.readString(ROOT.resolve("conf/silhouettes.yaml")))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(keys).hasSizeGreaterThan(40);
        Set<String> sections = keys.stream()
                .map(key -> key.replaceFirst("\\..*", ""))
                .filter(section -> !section.equals("kafka"))
                .collect(Collectors.toSet());
        Map<String, Set<String>> unknown = new TreeMap<>(uses(CODE, 1, keys));
        uses(SETTING, 1, keys).forEach(unknown::putIfAbsent);
        unknown.keySet().removeIf(key -> !sections.contains(key.replaceFirst("\\..*", "")));
        assertThat(unknown).isEmpty();
    }

    /** What the pages use of a pattern and is not known, with the pages. */
    private static Map<String, Set<String>> uses(Pattern pattern, int group, Collection<String> known)
            throws IOException {
        Map<String, Set<String>> unknown = new TreeMap<>();
        for (Path page : pages()) {
            matches(pattern, page).stream()
                    .map(found -> found.group(group))
                    .filter(name -> !known.contains(name))
                    .forEach(name -> unknown.computeIfAbsent(name, key -> new TreeSet<>())
                            .add(ROOT.relativize(page).toString()));
        }
        return unknown;
    }

    private static List<MatchResult> matches(Pattern pattern, Path page) throws IOException {
        return pattern.matcher(Files.readString(page)).results().toList();
    }

    private static List<String> links(Path page) throws IOException {
        return matches(LINK, page).stream()
                .map(link -> link.group(1))
                .filter(link -> !link.startsWith("http"))
                .toList();
    }

    /** The anchors of a page's headings, as GitHub makes them. */
    private static Set<String> headings(Path page) throws IOException {
        return matches(Pattern.compile("(?m)^#+ (.+)$"), page).stream()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    /** All pages but those that name what is gone: the list of renamed options. */
    private static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            List<Path> pages = docs.filter(path -> path.toString().endsWith(".md"))
                    .filter(path -> !path.endsWith("renames.md"))
                    .collect(Collectors.toCollection(ArrayList::new));
            pages.add(README);
            pages.add(ROOT.resolve("CONTRIBUTING.md"));
            pages.add(ROOT.resolve("dashboards/README.md"));
            pages.removeIf(Files::notExists);
            return pages;
        }
    }
}
