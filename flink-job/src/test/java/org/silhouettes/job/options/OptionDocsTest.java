package org.silhouettes.job.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The generated lists of options are up to date. */
class OptionDocsTest {

    private static final Path ROOT = Path.of("..");

    @ParameterizedTest
    @ValueSource(strings = {OptionDocs.PAGE, OptionDocs.CONF})
    void generatedFilesAreUpToDate(String file) throws IOException {
        assertThat(ROOT.resolve(file))
                .as("regenerate with: java org.silhouettes.job.options.OptionDocs FOLDER")
                .content()
                .isEqualTo(OptionDocs.files().get(file));
    }

    @Test
    void everyLineOfTheConfFileIsAValidSetting(@TempDir Path folder) throws IOException {
        Path uncommented = folder.resolve("all.yaml");
        Files.writeString(uncommented, OptionDocs.yaml().replaceAll("(?m)^#(?=[a-z])", ""));
        Map<String, String> values = JobArguments.readFile(uncommented);
        assertThat(values.keySet()).isEqualTo(keys());
        assertThat(JobSettings.from(values)).isEqualTo(JobSettings.defaults());
    }

    @Test
    void theConfFileAsItIsChangesNothing() throws IOException {
        assertThat(JobArguments.readFile(ROOT.resolve(OptionDocs.CONF))).isEmpty();
    }

    @Test
    void renamesPageListsEveryFormerKey() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/renames.md"));
        for (JobOption option : JobOptions.all()) {
            String former = option.declared().declaration().formerly();
            if (!former.isEmpty()) {
                assertThat(page).contains("| `" + former + "` | `" + option.key() + "` |");
            }
        }
    }

    private static Set<String> keys() {
        return JobOptions.all().stream().map(JobOption::key).collect(Collectors.toSet());
    }
}
