package org.silhouettes.dashboards.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.silhouettes.core.evaluation.SimilarityMatrix;
import org.silhouettes.dashboards.history.ModelHistory;
import org.silhouettes.dashboards.history.Snapshot;
import org.silhouettes.dashboards.probe.ImageSample;
import org.silhouettes.imaging.Samples;

/** Routes over the sample of labelled images: the classes' means, and the distances of images in pixels and in codes. */
final class SampleRoutes {

    private static final int CACHED_MATRICES = 24;

    private final ModelRoutes routes;
    private final Probes probes;
    private final ImageSample sample;
    private final Map<String, byte[]> matrices = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, byte[]> eldest) {
            return size() > CACHED_MATRICES;
        }
    };

    SampleRoutes(ModelRoutes routes, Probes probes, ImageSample sample) {
        this.routes = routes;
        this.probes = probes;
        this.sample = sample;
    }

    /**
     * The classes' mean images as sampled from the stream: int32 classes, values; then a class each int32 images, length of
     * label, label in UTF-8, uint8 mean [values].
     */
    void classMeans(Context ctx) {
        ModelHistory model = routes.model(ctx);
        Snapshot snapshot = routes.snapshot(ctx, model);
        List<ImageSample.SampledClass> classes = sample.classes(
                model.name(), ProbeRoutes.channel(model), snapshot.shape().image());
        int values = snapshot.shape().values();
        List<byte[]> labels = new ArrayList<>();
        int size = 8;
        for (ImageSample.SampledClass one : classes) {
            byte[] label = one.label().getBytes(StandardCharsets.UTF_8);
            labels.add(label);
            size += 8 + label.length + values;
        }
        ByteBuffer out = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(classes.size()).putInt(values);
        for (int c = 0; c < classes.size(); c++) {
            out.putInt((int) Math.min(Integer.MAX_VALUE, classes.get(c).count()));
            out.putInt(labels.get(c).length).put(labels.get(c));
            out.put(classes.get(c).mean());
        }
        ctx.header("Cache-Control", "no-cache");
        ctx.contentType(ModelRoutes.BINARY).result(out.array());
    }

    /**
     * Pairwise distances of the sampled images in pixels and in group norms, each scaled to its largest: int32 length of a JSON
     * head, the head (labels, ratios, scores), then uint8 [n, n] of pixels and of codes.
     */
    void distances(Context ctx) {
        ModelHistory model = routes.model(ctx);
        Snapshot snapshot = routes.snapshot(ctx, model);
        List<String> labels = new ArrayList<>();
        List<byte[]> images = new ArrayList<>();
        for (ImageSample.SampledClass one : sample.classes(
                model.name(), ProbeRoutes.channel(model), snapshot.shape().image())) {
            for (byte[] image : one.images()) {
                labels.add(one.label());
                images.add(image);
            }
        }
        String key = model.name() + "\n" + snapshot.sha256() + "\n" + images.size();
        ctx.header("Cache-Control", "no-cache");
        ctx.contentType(ModelRoutes.BINARY);
        synchronized (this) {
            ctx.result(matrices.computeIfAbsent(key, k -> distances(model, snapshot, labels, images)));
        }
    }

    /** With fewer than two labelled images so far: the head alone, with no labels. */
    private byte[] distances(ModelHistory model, Snapshot snapshot, List<String> labels, List<byte[]> images) {
        if (images.size() < 2) {
            return framed(head(snapshot, List.of()), 0).array();
        }
        List<float[]> pixels = images.stream().map(SampleRoutes::floats).toList();
        SimilarityMatrix ofPixels = SimilarityMatrix.of(labels, pixels);
        SimilarityMatrix ofCodes =
                probes.use(model, snapshot, probe -> SimilarityMatrix.of(labels, probe.groupNorms(images)));
        ObjectNode head = head(snapshot, labels);
        ratios(head.putObject("pixels"), ofPixels);
        ratios(head.putObject("codes"), ofCodes);
        ByteBuffer out = framed(head, 2 * images.size() * images.size());
        put(ofPixels, out);
        put(ofCodes, out);
        return out.array();
    }

    private static ObjectNode head(Snapshot snapshot, List<String> labels) {
        ObjectNode head = Json.object();
        head.put("version", snapshot.version());
        ArrayNode names = head.putArray("labels");
        labels.forEach(names::add);
        return head;
    }

    /** The head behind its length, and room for what follows it. */
    private static ByteBuffer framed(ObjectNode head, int room) {
        byte[] text = Json.bytes(head);
        return ByteBuffer.allocate(Integer.BYTES + text.length + room)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(text.length)
                .put(text);
    }

    private static void ratios(ObjectNode json, SimilarityMatrix matrix) {
        Json.number(json, "distanceRatio", matrix.distanceRatio());
        Json.number(json, "silhouetteScore", matrix.silhouetteScore());
    }

    private static void put(SimilarityMatrix matrix, ByteBuffer out) {
        int n = matrix.size();
        float largest = Float.MIN_NORMAL;
        for (int i = 0; i < n * n; i++) {
            largest = Math.max(largest, matrix.distance(i / n, i % n));
        }
        for (int i = 0; i < n * n; i++) {
            out.put((byte) Math.round(255 * matrix.distance(i / n, i % n) / largest));
        }
    }

    private static float[] floats(byte[] samples) {
        float[] out = new float[samples.length];
        Samples.writeTo(samples, out, 0);
        return out;
    }
}
