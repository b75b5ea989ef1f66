package org.silhouettes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.silhouettes.job.options.JobArguments;
import org.silhouettes.job.options.JobOption;
import org.silhouettes.job.options.JobOptions;
import org.silhouettes.job.options.JobSettings;

/** The lists of options that people read are the options that there are. With -Dsilhouettes.regenerate, writes them anew. */
class OptionTextsTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Path CONF = ROOT.resolve("conf").resolve("silhouettes.yaml");
    private static final Path PAGE = ROOT.resolve("docs").resolve("options.md");
    private static final Pattern TABLE =
            Pattern.compile("(?s)(<!-- options: made by OptionTextsTest -->\n)(.*?)(<!-- end of options -->)");
    private static final String REMEDY =
            "make it anew: mvn -pl local -am test -Dtest=OptionTextsTest -Dsilhouettes.regenerate=true"
                    + " -Dsurefire.failIfNoSpecifiedTests=false";

    @Test
    void theConfFileListsEveryOptionWithItsDefault() throws IOException {
        if (regenerate()) {
            Files.writeString(CONF, OptionTexts.yaml());
        }
        assertThat(Files.readString(CONF)).as(REMEDY).isEqualTo(OptionTexts.yaml());
    }

    @Test
    void thePageListsEveryOptionWithItsDefault() throws IOException {
        Matcher table = TABLE.matcher(Files.readString(PAGE));
        assertThat(table.find()).as("the page has its marks").isTrue();
        if (regenerate()) {
            Files.writeString(PAGE, table.replaceFirst("$1" + Matcher.quoteReplacement(OptionTexts.markdown()) + "$3"));
            return;
        }
        assertThat(table.group(2)).as(REMEDY).isEqualTo(OptionTexts.markdown());
    }

    @Test
    void everyLineOfTheConfFileIsAValidSetting() throws IOException {
        Path uncommented = Files.createTempFile("silhouettes", ".yaml");
        Files.writeString(uncommented, OptionTexts.yaml().replaceAll("(?m)^#(?=[a-z])", ""));
        Map<String, String> values = JobArguments.readFile(uncommented);
        Files.delete(uncommented);
        assertThat(values.keySet())
                .isEqualTo(JobOptions.all().stream().map(JobOption::key).collect(Collectors.toSet()));
        assertThat(JobSettings.from(values)).isEqualTo(JobSettings.defaults());
    }

    @Test
    void theConfFileAsItIsChangesNothing() throws IOException {
        assertThat(JobArguments.readFile(CONF)).isEmpty();
    }

    private static boolean regenerate() {
        return Boolean.getBoolean("silhouettes.regenerate");
    }
}
