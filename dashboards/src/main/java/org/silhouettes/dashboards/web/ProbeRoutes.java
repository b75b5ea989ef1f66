package org.silhouettes.dashboards.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.dictionary.ImageShape;
import org.silhouettes.core.encoder.EncoderSettings;
import org.silhouettes.core.evaluation.SimilarityMatrix;
import org.silhouettes.core.picture.Picture;
import org.silhouettes.core.picture.PictureDecoder;
import org.silhouettes.core.picture.PictureException;
import org.silhouettes.core.picture.PictureLimits;
import org.silhouettes.core.wire.Headers;
import org.silhouettes.dashboards.history.ModelHistory;
import org.silhouettes.dashboards.history.QuantisedDictionary;
import org.silhouettes.dashboards.history.Snapshot;
import org.silhouettes.dashboards.probe.Encoders;
import org.silhouettes.dashboards.probe.Fit;
import org.silhouettes.dashboards.probe.ImageSample;
import org.silhouettes.dashboards.probe.Probe;

/** Routes that encode images with a version's dictionary, and the sample of the stream that they work on. */
final class ProbeRoutes {

    private static final PictureLimits LIMITS = new PictureLimits(4L << 20, 2048 * 2048);
    private static final int CACHED_MATRICES = 24;

    private final ModelRoutes routes;
    private final ImageSample sample;
    private final Map<String, byte[]> matrices = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, byte[]> eldest) {
            return size() > CACHED_MATRICES;
        }
    };

    ProbeRoutes(ModelRoutes routes, ImageSample sample) {
        this.routes = routes;
        this.sample = sample;
    }

    /** Encodes the image in the body, whatever its size, with a version's dictionary: its code, layer by layer. */
    void encode(Context ctx) {
        ModelHistory model = routes.model(ctx);
        Snapshot snapshot = routes.snapshot(ctx, model);
        Picture picture = Fit.to(snapshot.shape().image(), picture(ctx), model.name());
        ObjectNode json;
        synchronized (this) {
            try (Probe probe = probe(model, snapshot)) {
                json = outcome(probe, snapshot, picture, probe.layers(picture.samples()));
            }
        }
        ModelRoutes.json(ctx, json);
    }

    private Probe probe(ModelHistory model, Snapshot snapshot) {
        QuantisedDictionary quantised = routes.quantised(model, snapshot);
        Dictionary dictionary = new Dictionary(snapshot.shape(), quantised.atoms(), snapshot.version());
        // rounding to 8 bits moved the norms off 1 by a thousandth
        dictionary.normaliseInPlace();
        EncoderSettings settings = Encoders.of(
                model.latest().map(report -> report.json().path("settings")).orElse(MissingNode.getInstance()));
        return new Probe(dictionary, quantised.mean(), settings);
    }

    private static Picture picture(Context ctx) {
        byte[] body = ctx.bodyAsBytes();
        PictureDecoder decoder = new PictureDecoder(LIMITS);
        String type = ctx.contentType() == null ? "" : ctx.contentType();
        try {
            return switch (type) {
                case Headers.PNG -> decoder.png(body);
                case Headers.JPEG -> decoder.jpeg(body);
                case Headers.RAW ->
                    decoder.raw(
                            body,
                            ModelRoutes.number(ctx, "width", 1, 2048),
                            ModelRoutes.number(ctx, "height", 1, 2048),
                            ModelRoutes.number(ctx, "channels", 1, 3));
                default ->
                    throw new Refused(
                            HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                            "send " + Headers.PNG + ", " + Headers.JPEG + " or " + Headers.RAW
                                    + " (with width, height and channels in the query)");
            };
        } catch (PictureException e) {
            throw new Refused(HttpStatus.UNPROCESSABLE_CONTENT, e.getMessage());
        }
    }

    private static ObjectNode outcome(Probe probe, Snapshot snapshot, Picture picture, List<Probe.Layer> layers) {
        float[] centred = probe.centred(picture.samples());
        int values = centred.length;
        ObjectNode json = Json.object();
        json.put("version", snapshot.version());
        json.put("lambda", probe.settings().lambda());
        Json.number(json, "step", probe.step());
        Json.number(json, "lipschitz", probe.lipschitz());
        ImageShape shape = picture.shape();
        json.putObject("image")
                .put("height", shape.height())
                .put("width", shape.width())
                .put("channels", shape.channels());
        json.put("samples", picture.samples());
        double energy = 0;
        for (float value : centred) {
            energy += (double) value * value;
        }
        Json.number(json, "mseOfMean", energy / values);
        ArrayNode all = json.putArray("layers");
        for (Probe.Layer layer : layers) {
            ObjectNode one = all.addObject();
            Json.number(one, "mse", layer.squaredError() / (double) values);
            double norms = 0;
            ArrayNode groupNorms = one.putArray("groupNorms");
            for (float norm : layer.groupNorms()) {
                Json.number(groupNorms, norm);
                norms += norm;
            }
            Json.number(
                    one,
                    "objective",
                    layer.squaredError() / 2 + probe.settings().lambda() * norms);
            byte[] seen = new byte[values];
            for (int i = 0; i < values; i++) {
                float value = layer.reconstruction()[i] + (picture.samples()[i] & 0xff) / 255f - centred[i];
                seen[i] = (byte) Math.round(255 * Math.max(0, Math.min(1, value)));
            }
            one.put("reconstruction", seen);
        }
        code(json, layers.get(layers.size() - 1).codes());
        return json;
    }

    private static void code(ObjectNode json, float[] codes) {
        ArrayNode units = json.putArray("units");
        for (int k = 0; k < codes.length; k++) {
            if (codes[k] != 0) {
                Json.number(units.addArray().add(k), codes[k]);
            }
        }
    }

    /**
     * The classes' mean images as sampled from the stream: int32 classes, values; then a class each int32 images, length of
     * label, label in UTF-8, uint8 mean [values].
     */
    void classMeans(Context ctx) {
        ModelHistory model = routes.model(ctx);
        Snapshot snapshot = routes.snapshot(ctx, model);
        List<ImageSample.ClassSample> classes =
                sample.classes(model.name(), snapshot.shape().image());
        int values = snapshot.shape().values();
        List<byte[]> labels = new ArrayList<>();
        int size = 8;
        for (ImageSample.ClassSample one : classes) {
            byte[] label = one.label().getBytes(java.nio.charset.StandardCharsets.UTF_8);
            labels.add(label);
            size += 8 + label.length + values;
        }
        ByteBuffer out = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(classes.size()).putInt(values);
        for (int c = 0; c < classes.size(); c++) {
            out.putInt((int) Math.min(Integer.MAX_VALUE, classes.get(c).count()));
            out.putInt(labels.get(c).length).put(labels.get(c));
            for (float value : classes.get(c).mean()) {
                out.put((byte) Math.round(255 * value));
            }
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
        for (ImageSample.ClassSample one :
                sample.classes(model.name(), snapshot.shape().image())) {
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
        List<float[]> pixels = images.stream().map(ProbeRoutes::floats).toList();
        SimilarityMatrix ofPixels = SimilarityMatrix.of(labels, pixels);
        SimilarityMatrix ofCodes;
        try (Probe probe = probe(model, snapshot)) {
            ofCodes = SimilarityMatrix.of(labels, probe.groupNorms(images));
        }
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
        for (int i = 0; i < out.length; i++) {
            out[i] = (samples[i] & 0xff) / 255f;
        }
        return out;
    }
}
