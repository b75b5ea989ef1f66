package org.silhouettes.core.hashes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.silhouettes.core.encoder.Shrinkage;
import org.silhouettes.core.encoder.Unrolling;
import org.silhouettes.core.initialisation.Initialisation;
import org.silhouettes.core.learner.LearnerSettings;
import org.silhouettes.core.update.UpdateRule;

/**
 * Dictionaries and statistics against the stored table: the same bits with every CPU and every mode of the JVM. Without {@code
 * jdk.incubator.vector} the short list of rows alone is learned, all of them with {@code -Dhashes.all=true}. After a change that is meant to change bits,
 *
 * <pre>
 *   mvn -pl core test -Dtest=DictionaryHashTest -Dhashes.renew=src/test/resources/hashes/dictionaries.json
 * </pre>
 *
 * <p>writes the table anew; its changes belong into the commit, and a line about them into the changelog.
 */
class DictionaryHashTest {

    private static final String RENEW = "hashes.renew";
    private static final String ALL = "hashes.all";

    @ParameterizedTest
    @MethodSource("rows")
    void dictionaryAndStatisticsAreThoseOfTheTable(HashRow row) throws IOException {
        assumeTrue(!row.isMnist() || MnistImages.areThere(), MnistImages.missing());
        assumeTrue(System.getProperty(RENEW) == null, "the table is being renewed");
        try (HashedRun run = new HashedRun(row)) {
            assertThat(run.outcome().toString()).as(row.name()).isEqualTo(row.expected());
        }
    }

    static Stream<HashRow> rows() {
        boolean vectors = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        boolean all = vectors || Boolean.getBoolean(ALL);
        return HashTable.rows().stream().filter(row -> all || row.isShort());
    }

    @Test
    @EnabledIfSystemProperty(named = RENEW, matches = ".+", disabledReason = "renews the table on request only")
    void renewTheTable() throws IOException {
        List<String> rows = new ArrayList<>();
        for (HashRow row : HashTable.rows()) {
            try (HashedRun run = new HashedRun(row)) {
                rows.add(HashTable.text(row, run.outcome()));
            }
        }
        Files.writeString(Path.of(System.getProperty(RENEW)), "[\n" + String.join(",\n", rows) + "\n]\n");
    }

    @Test
    void tableHasEveryRuleWithEveryStartShrinkageAndUnrolling() {
        Set<List<Object>> found = new HashSet<>();
        for (HashRow row : HashTable.rows()) {
            if (!row.isMnist()) {
                LearnerSettings settings = row.settings();
                UpdateRule rule = settings.update().rule();
                found.add(List.of(rule, settings.initialisation().method()));
                found.add(List.of(
                        rule, settings.encoder().shrinkage(), settings.encoder().unrolling()));
            }
        }
        for (UpdateRule rule : UpdateRule.values()) {
            for (Initialisation start : Initialisation.values()) {
                assertThat(found).contains(List.of(rule, start));
            }
            for (Shrinkage shrinkage : Shrinkage.values()) {
                for (Unrolling unrolling : Unrolling.values()) {
                    assertThat(found).contains(List.of(rule, shrinkage, unrolling));
                }
            }
        }
    }

    @Test
    void tableHasColoursOddSizesGrowthResetsAndAdaption() {
        assumeTrue(System.getProperty(RENEW) == null, "the table is being renewed");
        Set<UpdateRule> coloured = EnumSet.noneOf(UpdateRule.class);
        for (HashRow row : HashTable.rows()) {
            if (row.shape().channels() == 3) {
                coloured.add(row.settings().update().rule());
            }
        }
        assertThat(coloured).containsExactlyInAnyOrder(UpdateRule.values());
        for (boolean shortList : new boolean[] {false, true}) {
            assertThat(largest(shortList, row -> row.shape().values() % 8)).isPositive();
            assertThat(largest(shortList, row -> outcome(row, "grown"))).isPositive();
            assertThat(largest(shortList, row -> outcome(row, "atomResets"))).isPositive();
            assertThat(largest(shortList, row -> outcome(row, "groupResets"))).isPositive();
            assertThat(largest(shortList, row -> outcome(row, "adapted"))).isPositive();
        }
    }

    private static long outcome(HashRow row, String name) {
        return row.json().required("outcome").required(name).longValue();
    }

    /** Of the generated rows, or of those of the short list. */
    private static long largest(boolean shortList, ToLongFunction<HashRow> value) {
        return HashTable.rows().stream()
                .filter(row -> !row.isMnist() && (!shortList || row.isShort()))
                .mapToLong(value)
                .max()
                .orElse(0);
    }
}
