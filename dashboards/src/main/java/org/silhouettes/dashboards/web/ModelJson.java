package org.silhouettes.dashboards.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.silhouettes.dashboards.feed.RejectedLog;
import org.silhouettes.dashboards.history.ActivityReport;
import org.silhouettes.dashboards.history.LatestReport;
import org.silhouettes.dashboards.history.ModelHistory;
import org.silhouettes.dashboards.history.Series;
import org.silhouettes.dashboards.history.Snapshot;

/** What the page and REST clients read about a model, as JSON. */
final class ModelJson {

    private static final int SPARK = 48;
    /** Fields of an activity record that a summary has under another name, or not at all. */
    private static final List<String> LEFT_OUT =
            List.of("model", "version", "settingsHash", "lambda", "lateLabels", "rejected");

    private ModelJson() {}

    /** The state of a model in a kilobyte or two: what its line in the list and its counters show. */
    static ObjectNode summary(ModelHistory model, RejectedLog rejected) {
        ObjectNode json = Json.object();
        json.put("name", model.name());
        json.put("run", model.run());
        Optional<LatestReport> latest = model.latest();
        latest.ifPresent(report -> {
            json.setAll(Json.parse(report.text()));
            json.remove(LEFT_OUT);
            json.put("activityVersion", report.version());
            json.put("learned", report.learned());
            json.put("emittedAtMillis", report.emittedAtMillis());
        });
        model.newest().ifPresent(snapshot -> {
            json.put("version", snapshot.version());
            json.put("sha256", snapshot.sha256());
            if (latest.isEmpty()) {
                json.put("learned", snapshot.images());
                json.put("groups", snapshot.shape().groups());
                json.put("groupSize", snapshot.shape().groupSize());
                json.set("image", image(snapshot));
            }
        });
        json.put("receivedAtMillis", model.receivedAtMillis());
        json.put("rejected", rejected.count(model.name()));
        json.put("rows", model.rowsStamp());
        List<Series.Row> rows = model.rows();
        ArrayNode spark = json.putArray("spark");
        for (int i = Math.max(0, rows.size() - SPARK); i < rows.size(); i++) {
            Json.number(spark, rows.get(i).values()[0]);
        }
        if (!rows.isEmpty()) {
            Json.number(json, "imagesPerSecond", recentRate(rows));
        }
        return json;
    }

    /** Images a second over the last ten rows or so. */
    private static double recentRate(List<Series.Row> rows) {
        Series.Row last = rows.get(rows.size() - 1);
        Series.Row first = rows.get(Math.max(0, rows.size() - 11));
        double seconds = (last.atMillis() - first.atMillis()) / 1000.0;
        return seconds > 0 ? Math.max(0, (last.learned() - first.learned()) / seconds) : Double.NaN;
    }

    /** The numbers over time, column by column. */
    static ObjectNode series(ModelHistory model) {
        ObjectNode json = Json.object();
        json.put("rows", model.rowsStamp());
        List<Series.Row> rows = model.rows();
        ArrayNode version = json.putArray("version");
        ArrayNode learned = json.putArray("learned");
        ArrayNode atMillis = json.putArray("atMillis");
        ArrayNode rate = json.putArray("imagesPerSecond");
        for (Series.Row row : rows) {
            version.add(row.version());
            learned.add(row.learned());
            atMillis.add(row.atMillis());
            Json.number(rate, row.imagesPerSecond());
        }
        List<String> fields = Series.fields();
        for (int f = 0; f < fields.size(); f++) {
            ArrayNode column = json.putArray(fields.get(f));
            for (Series.Row row : rows) {
                Json.number(column, row.values()[f]);
            }
        }
        ArrayNode shares = json.putArray("groupShare");
        for (Series.Row row : rows) {
            ArrayNode share = shares.addArray();
            for (float value : row.shares()) {
                Json.number(share, value);
            }
        }
        ArrayNode marks = json.putArray("marks");
        for (ActivityReport.Mark mark : model.marks()) {
            ObjectNode one = marks.addObject();
            one.put("version", mark.version());
            one.put("kind", mark.kind());
            one.put("detector", mark.detector());
            one.put("detail", mark.detail());
        }
        return json;
    }

    /** All versions of a model, oldest first; {@code held} says whether their atoms are in memory. */
    static ObjectNode versions(ModelHistory model) {
        ObjectNode json = Json.object();
        ArrayNode versions = json.putArray("versions");
        for (Snapshot snapshot : model.snapshots()) {
            ObjectNode one = versions.addObject();
            one.put("version", snapshot.version());
            one.put("images", snapshot.images());
            one.put("sha256", snapshot.sha256());
            one.put("atMillis", snapshot.atMillis());
            one.put("held", model.pixels(snapshot.version()).isPresent());
        }
        return json;
    }

    private static ObjectNode image(Snapshot snapshot) {
        ObjectNode image = Json.object();
        image.put("height", snapshot.shape().image().height());
        image.put("width", snapshot.shape().image().width());
        image.put("channels", snapshot.shape().image().channels());
        return image;
    }
}
