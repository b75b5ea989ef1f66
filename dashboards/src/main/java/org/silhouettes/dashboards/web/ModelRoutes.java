package org.silhouettes.dashboards.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.dashboards.feed.ExactReader;
import org.silhouettes.dashboards.history.ModelHistory;
import org.silhouettes.dashboards.history.Models;
import org.silhouettes.dashboards.history.QuantisedDictionary;
import org.silhouettes.dashboards.history.Snapshot;
import org.silhouettes.imaging.ContactSheet;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.wire.Npy;

/**
 * REST over the models' histories. A model is named by the query parameter {@code model}, since a Kafka key may hold any
 * character and a path may not; {@code version} is a number, or the newest where it is absent. What belongs to a version
 * never changes, so it has the dictionary's SHA-256 as its ETag; with {@code sha} in the URL it is cached for good.
 */
final class ModelRoutes {

    static final String BINARY = "application/octet-stream";
    private static final String JSON = "application/json";
    private static final int MAX_SHEET_BYTES = 120 << 20;

    private final Models models;
    private final ExactReader exact;

    ModelRoutes(Models models, ExactReader exact) {
        this.models = models;
        this.exact = exact;
    }

    void versions(Context ctx) {
        json(ctx, ModelJson.versions(model(ctx)));
    }

    void series(Context ctx) {
        ModelHistory model = model(ctx);
        cached(ctx, "s" + model.rowsStamp(), JSON, () -> Json.bytes(ModelJson.series(model)));
    }

    void activity(Context ctx) {
        boolean units = "true".equals(ctx.queryParam("units"));
        ModelHistory model = model(ctx);
        byte[] report =
                model.activityAt(asked(ctx, "version"), units).orElseThrow(() -> missing(model, "activity report"));
        ctx.header("Cache-Control", "no-cache");
        ctx.contentType(JSON).result(report);
    }

    /** Atoms at 8 bits, in {@link QuantisedDictionary}'s layout. */
    void atomsBinary(Context ctx) {
        ModelHistory model = model(ctx);
        Snapshot snapshot = snapshot(ctx, model);
        cached(ctx, "q" + snapshot.sha256(), BINARY, () -> quantised(model, snapshot)
                .bytes());
    }

    void atomsPng(Context ctx) {
        ModelHistory model = model(ctx);
        Snapshot snapshot = snapshot(ctx, model);
        String group = ctx.queryParam("group");
        int groups = snapshot.shape().groups();
        int first = group == null ? 0 : (int) number(ctx, "group", 0, groups - 1);
        cached(
                ctx,
                "p" + first + snapshot.sha256(),
                "image/png",
                () -> sheet(snapshot.shape(), quantised(model, snapshot).atoms(), first, group == null ? groups : 1));
    }

    private static byte[] sheet(DictionaryShape shape, float[] atoms, int firstGroup, int groups) {
        if (ContactSheet.bytes(shape.image(), groups * shape.groupSize(), shape.groupSize()) > MAX_SHEET_BYTES) {
            throw new IllegalArgumentException("that picture would take over " + (MAX_SHEET_BYTES >> 20)
                    + " MiB: ask for one group at a time, or for the .npy");
        }
        int values = shape.groupSize() * shape.values();
        float[] drawn = Arrays.copyOfRange(atoms, firstGroup * values, (firstGroup + groups) * values);
        return ContactSheet.atoms(drawn, shape.groupSize(), shape.image());
    }

    /** The exact float32 atoms, [atoms, height, width, channels], read from Kafka again. */
    void atomsNpy(Context ctx) {
        Snapshot snapshot = snapshot(ctx, model(ctx));
        cached(ctx, "n" + snapshot.sha256(), BINARY, () -> {
            ImageShape image = snapshot.shape().image();
            int[] shape = {snapshot.shape().atoms(), image.height(), image.width(), image.channels()};
            return Npy.encode(exact(snapshot).atoms(), shape);
        });
    }

    /** One atom at all versions in memory: int32 count, values; then a version each int64 version, float32 scale, int8 levels. */
    void atomHistory(Context ctx) {
        ModelHistory model = model(ctx);
        Snapshot newest = model.newest().orElseThrow(() -> missing(model, "version"));
        int atom = (int) number(ctx, "atom", 0, newest.shape().atoms() - 1);
        List<Map.Entry<Long, QuantisedDictionary>> held = model.heldPixels().stream()
                .filter(entry -> entry.getValue().shape().equals(newest.shape()))
                .toList();
        int values = newest.shape().values();
        ByteBuffer out = ByteBuffer.allocate(8 + held.size() * (12 + values)).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(held.size()).putInt(values);
        for (Map.Entry<Long, QuantisedDictionary> entry : held) {
            out.putLong(entry.getKey());
            entry.getValue().putAtom(atom, out);
        }
        ctx.header("Cache-Control", "no-cache");
        ctx.contentType(BINARY).result(out.array());
    }

    /** How far every atom moved between two versions. */
    void diff(Context ctx) {
        ModelHistory model = model(ctx);
        Snapshot from = at(model, asked(ctx, "from"));
        Snapshot to = at(model, asked(ctx, "to"));
        if (!from.shape().equals(to.shape())) {
            throw new Refused(
                    HttpStatus.CONFLICT,
                    "version " + from.version() + " has " + from.shape() + ", version " + to.version() + " has "
                            + to.shape());
        }
        cached(ctx, "d" + from.sha256() + to.sha256(), JSON, () -> {
            float[] movement = quantised(model, to).movementSince(quantised(model, from));
            ObjectNode json = Json.object();
            json.put("from", from.version());
            json.put("to", to.version());
            ArrayNode moved = json.putArray("movement");
            double sum = 0;
            for (float value : movement) {
                Json.number(moved, value);
                sum += value;
            }
            Json.number(json, "mean", sum / movement.length);
            return Json.bytes(json);
        });
    }

    ModelHistory model(Context ctx) {
        String name = ctx.queryParam("model");
        if (name == null) {
            throw new Refused(HttpStatus.BAD_REQUEST, "say which model: …?model=NAME");
        }
        ModelHistory model = models.find(name)
                .orElseThrow(() -> new Refused(
                        HttpStatus.NOT_FOUND,
                        "nothing of a model \"" + name + "\" is in Kafka: /api/models lists all"));
        models.asked(model);
        return model;
    }

    Snapshot snapshot(Context ctx, ModelHistory model) {
        return at(model, asked(ctx, "version"));
    }

    private static Snapshot at(ModelHistory model, long version) {
        return model.snapshotAt(version).orElseThrow(() -> missing(model, "version"));
    }

    /** Atoms at 8 bits, from memory or, thinned out there, from Kafka. */
    QuantisedDictionary quantised(ModelHistory model, Snapshot snapshot) {
        return model.pixels(snapshot.version()).orElseGet(() -> {
            ExactReader.Exact read = exact(snapshot);
            return QuantisedDictionary.of(snapshot.shape(), read.atoms(), read.mean());
        });
    }

    ExactReader.Exact exact(Snapshot snapshot) {
        return exact.read(snapshot)
                .orElseThrow(() -> new Refused(
                        HttpStatus.GONE,
                        "Kafka no longer holds version " + snapshot.version()
                                + " (compacted away), or does not answer"));
    }

    private static Refused missing(ModelHistory model, String what) {
        return new Refused(
                HttpStatus.NOT_FOUND,
                "model \"" + model.name() + "\" has no " + what + " yet: its first comes with the end of its warm-up");
    }

    private static long asked(Context ctx, String name) {
        return ctx.queryParam(name) == null ? Long.MAX_VALUE : number(ctx, name, 0, Long.MAX_VALUE);
    }

    static long number(Context ctx, String name, long min, long max) {
        String text = ctx.queryParam(name);
        String rule = "a whole number " + (max == Long.MAX_VALUE ? "from " + min + " on" : min + " … " + max);
        if (text == null) {
            throw new Refused(HttpStatus.BAD_REQUEST, name + " is missing: give " + rule + " in the query");
        }
        try {
            long value = Long.parseLong(text);
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            // said below, with the range
        }
        throw new Refused(HttpStatus.BAD_REQUEST, name + " is \"" + text + "\", it must be " + rule);
    }

    static void json(Context ctx, ObjectNode json) {
        ctx.header("Cache-Control", "no-store");
        ctx.contentType(JSON).result(Json.bytes(json));
    }

    /** Answers with an ETag; made only if the client does not have it. */
    static void cached(Context ctx, String tag, String type, Supplier<byte[]> body) {
        boolean pinned = ctx.queryParam("sha") != null && tag.contains(ctx.queryParam("sha"));
        ctx.header("Cache-Control", pinned ? "private, max-age=31536000, immutable" : "no-cache");
        if (!Etags.isKnown(ctx, tag)) {
            ctx.contentType(type).result(body.get());
        }
    }
}
