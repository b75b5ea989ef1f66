package org.silhouettes.dashboards.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.silhouettes.wire.RecordPosition;
import org.silhouettes.wire.RunId;
import org.silhouettes.wire.message.DictionaryKey;
import org.silhouettes.wire.message.DictionaryMessage;

class ModelsTest {

    private static final int SIDE = 8;

    private final List<String> changed = new ArrayList<>();
    private final Models models = new Models(100_000, model -> changed.add(model.name()));

    @Test
    void aVersionAppearsOnlyWhenAllItsGroupsAndTheMeanAreThere() {
        models.add(part("m", 4, 0, "a"));
        models.add(part("m", 4, 1, "a"));
        assertThat(model("m").newest()).isEmpty();
        models.add(part("m", 4, DictionaryKey.MEAN, "a"));
        assertThat(model("m").newest()).hasValueSatisfying(snapshot -> {
            assertThat(snapshot.version()).isEqualTo(4);
            assertThat(snapshot.parts()).extracting(RecordPosition::offset).containsExactly(400L, 401L, 399L);
        });
        assertThat(changed).containsExactly("m");
    }

    @Test
    void groupsOfTwoDifferentDictionariesOfOneVersionAreNotMixed() {
        models.add(part("m", 4, 0, "a"));
        models.add(part("m", 4, 1, "b"));
        models.add(part("m", 4, DictionaryKey.MEAN, "b"));
        assertThat(model("m").newest()).isEmpty();
        models.add(part("m", 4, 0, "b"));
        assertThat(model("m").newest()).hasValueSatisfying(s -> assertThat(s.sha256())
                .isEqualTo(parts("b").sha256()));
    }

    @Test
    void aRestartFromAnEarlierVersionTakesBackWhatCameAfterIt() throws IOException {
        for (long version : new long[] {0, 10, 20, 30}) {
            snapshot("m", version, "first" + version);
            models.add(report("m", version, version * 64));
        }
        models.add(report("m", 12, 12 * 64));
        snapshot("m", 20, "second20");
        assertThat(model("m").snapshots()).extracting(Snapshot::version).containsExactly(0L, 10L, 20L);
        assertThat(model("m").rows()).extracting(Series.Row::version).containsExactly(0L, 10L, 12L);
        assertThat(model("m").newest()).hasValueSatisfying(s -> assertThat(s.sha256())
                .isEqualTo(parts("second20").sha256()));
    }

    @Test
    void theSameVersionReadTwiceChangesNothing() {
        snapshot("m", 0, "a");
        snapshot("m", 10, "b");
        snapshot("m", 0, "a");
        assertThat(model("m").snapshots()).extracting(Snapshot::version).containsExactly(0L, 10L);
    }

    @Test
    void memoryStaysWithinItsBoundWhateverComes() throws IOException {
        Models models = new Models(200_000, model -> {});
        for (int m = 0; m < 40; m++) {
            for (long version = 0; version < 100; version++) {
                snapshot(models, "model" + m, version, "sha" + m + "." + version);
                models.add(report("model" + m, version, version * 64));
            }
            assertThat(models.bytes()).isLessThanOrEqualTo(200_000);
        }
        assertThat(models.find("model39").orElseThrow().pixels(99)).isPresent();
        assertThat(models.find("model0").orElseThrow().newest())
                .hasValueSatisfying(s -> assertThat(s.version()).isEqualTo(99));
    }

    @Test
    void numbersOverTimeAreThinnedInTheOlderHalf() throws IOException {
        for (long version = 0; version < 10_000; version++) {
            models.add(report("m", version, version * 64));
        }
        List<Series.Row> rows = model("m").rows();
        assertThat(rows).hasSizeLessThanOrEqualTo(Series.MAX_ROWS);
        assertThat(rows.get(0).version()).isZero();
        assertThat(rows.get(rows.size() - 1).version()).isEqualTo(9_999);
        assertThat(rows).extracting(Series.Row::version).isSorted();
    }

    @Test
    void aReportIsTheNearestEarlierOneAndTellsUnitsIfAsked() throws IOException {
        models.add(parsed("m", text("{\"version\":10,\"unit\":{\"active\":[1]}}")));
        models.add(parsed("m", text("{\"version\":20}")));
        assertThat(model("m").activityAt(25, false))
                .hasValueSatisfying(b -> assertThat(b).asString().contains("20"));
        assertThat(model("m").activityAt(25, true))
                .hasValueSatisfying(b -> assertThat(b).asString().contains("unit"));
        assertThat(model("m").activityAt(15, false))
                .hasValueSatisfying(b -> assertThat(b).asString().contains("unit"));
    }

    @Test
    void throughputIsImagesBetweenReportsOverTheirTime() throws IOException {
        models.add(
                parsed("m", text("{\"version\":1,\"learned\":100,\"emittedAtMillis\":1000,\"window\":{\"mse\":1}}")));
        models.add(
                parsed("m", text("{\"version\":2,\"learned\":600,\"emittedAtMillis\":1250,\"window\":{\"mse\":1}}")));
        assertThat(model("m").rows().get(0).imagesPerSecond()).isNaN();
        assertThat(model("m").rows().get(1).imagesPerSecond()).isEqualTo(2000);
    }

    @Test
    void aDictionaryWithAnotherHashThanItsRecordsNameIsRefused() {
        DictionaryPart first = part("m", 4, 0, "a");
        DictionaryMessage damaged = new DictionaryMessage(
                first.message().of(), 1, part("m", 4, 1, "b").message().npy());
        models.add(first);
        models.add(part("m", 4, DictionaryKey.MEAN, "a"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> models.add(new DictionaryPart(damaged, first.position(), 4)))
                .withMessageContaining("its records have " + parts("a").sha256());
        assertThat(model("m").newest()).isEmpty();
    }

    private ModelHistory model(String name) {
        return models.find(name).orElseThrow();
    }

    private void snapshot(String model, long version, String sha) {
        snapshot(models, model, version, sha);
    }

    private static void snapshot(Models models, String model, long version, String sha) {
        models.add(part(model, version, DictionaryKey.MEAN, sha));
        models.add(part(model, version, 0, sha));
        models.add(part(model, version, 1, sha));
    }

    private static DictionaryPart part(String model, long version, int group, String content) {
        RecordPosition position = new RecordPosition("dictionaries", 0, version * 100 + group);
        return parts(content).part(model, RunId.EARLIER, version, group, position, version);
    }

    private static Parts parts(String content) {
        return Parts.of(2, 3, SIDE, content);
    }

    private static ActivityReport report(String model, long version, long learned) throws IOException {
        return parsed(
                model,
                text("{\"version\":" + version + ",\"learned\":" + learned + ",\"emittedAtMillis\":" + version
                        + ",\"window\":{\"mse\":0.04},\"group\":{\"share\":[0.5,0.5]}}"));
    }

    private static ActivityReport parsed(String model, byte[] json) throws IOException {
        return ActivityReport.parse(model, RunId.EARLIER, 0, json);
    }

    private static byte[] text(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
