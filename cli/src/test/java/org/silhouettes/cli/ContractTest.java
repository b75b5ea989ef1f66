package org.silhouettes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The contract on Kafka belongs to module wire: no other module spells a header, a content type or a field of a record. */
class ContractTest {

    private static final Map<String, Pattern> FORBIDDEN = Map.of(
            "a header by its name: use a constant of Headers or a message record",
            Pattern.compile("(lastHeader|headers\\(\\)\\s*\\.\\s*(add|text|last|without|remove))\\(\\s*\""),
            "a content type or a header name of the contract: use a constant of Headers",
            Pattern.compile("\"(application/x-[a-z+-]+|content-type|settings-hash|value-omitted)\""),
            "the JSON of a record parsed by hand: use a message record",
            Pattern.compile("readTree\\(\\s*\\w+\\s*\\.value\\(\\)"));

    @Test
    void noOtherModuleSpellsTheContract() throws IOException {
        List<Path> sources = SourceFiles.all().stream()
                .filter(file -> file.toString().contains("/src/main/java/"))
                .filter(file -> !file.startsWith(SourceFiles.ROOT.resolve("wire")))
                .toList();
        assertThat(sources).hasSizeGreaterThan(300);
        assertThat(sources.stream().flatMap(ContractTest::violations)).isEmpty();
    }

    @Test
    void thePatternsFindWhatTheyForbid() {
        assertThat(violations("record.headers().lastHeader(\"run\")")).hasSize(1);
        assertThat(violations("record.headers().add(\"label\", label)")).hasSize(1);
        assertThat(violations("String raw = \"application/x-raw-image\";")).hasSize(1);
        assertThat(violations("json.readTree(record.value())")).hasSize(1);
        assertThat(violations("message.encode(); headers().text(Headers.RUN)")).isEmpty();
    }

    private static Stream<String> violations(Path file) {
        try {
            return violations(Files.readString(file)).stream()
                    .map(found -> SourceFiles.ROOT.relativize(file) + ": " + found);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> violations(String text) {
        return FORBIDDEN.entrySet().stream()
                .filter(rule -> rule.getValue().matcher(text).find())
                .map(Map.Entry::getKey)
                .toList();
    }
}
