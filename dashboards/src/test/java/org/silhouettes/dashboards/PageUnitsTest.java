package org.silhouettes.dashboards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The page's arithmetic and formats in Node's test runner; {@code npm test} in this module runs the same. */
class PageUnitsTest {

    private static final Path FOLDER = Path.of("src", "test", "javascript");

    /** The first version with a stable test runner and its reporters. */
    private static final int MIN_NODE = 18;

    private static final Pattern RESULT = Pattern.compile("^(not )?ok \\d+ - (.*?)(?: # .*)?$");

    @BeforeAll
    static void needsNode() throws Exception {
        Output version;
        try {
            version = node("--version");
        } catch (IOException e) {
            version = new Output(-1, List.of("v0"));
        }
        int major = Integer.parseInt(version.lines().get(0).replaceAll("v(\\d+).*", "$1"));
        assumeTrue(
                major >= MIN_NODE,
                "node is missing or older than " + MIN_NODE + ": install Node.js " + MIN_NODE + " or later to run "
                        + FOLDER);
    }

    /** One test per test of Node's, with what Node said where it failed. */
    @TestFactory
    Stream<DynamicTest> inNode() throws Exception {
        List<String> command = new ArrayList<>(List.of("--test", "--test-reporter=tap"));
        try (Stream<Path> files = Files.list(FOLDER)) {
            files.map(Path::toString)
                    .filter(name -> name.endsWith(".test.js"))
                    .sorted()
                    .forEach(command::add);
        }
        Output output = node(command.toArray(String[]::new));
        List<DynamicTest> tests = new ArrayList<>();
        boolean failed = false;
        for (int i = 0; i < output.lines().size(); i++) {
            Matcher result = RESULT.matcher(output.lines().get(i));
            if (result.matches()) {
                boolean ok = result.group(1) == null;
                String details = ok ? "" : output.details(i + 1);
                failed |= !ok;
                tests.add(DynamicTest.dynamicTest(
                        result.group(2), () -> assertThat(ok).as(details).isTrue()));
            }
        }
        assertThat(tests).as("tests in %s", FOLDER).hasSizeGreaterThan(30);
        assertThat(output.exitCode() == 0)
                .as("exit code 0 where all pass: %s", output)
                .isEqualTo(!failed);
        return tests.stream();
    }

    private static Output node(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("node"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Output(process.waitFor(), text.lines().toList());
    }

    private record Output(int exitCode, List<String> lines) {

        /** The indented block after a result. */
        String details(int from) {
            int to = from;
            while (to < lines.size()
                    && (lines.get(to).startsWith(" ") || lines.get(to).isBlank())) {
                to++;
            }
            return String.join("\n", lines.subList(from, to));
        }
    }
}
