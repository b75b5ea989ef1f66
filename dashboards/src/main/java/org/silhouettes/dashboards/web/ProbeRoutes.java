package org.silhouettes.dashboards.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.List;
import org.silhouettes.dashboards.history.ModelHistory;
import org.silhouettes.dashboards.history.Snapshot;
import org.silhouettes.dashboards.probe.ModelInput;
import org.silhouettes.dashboards.probe.Probe;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.imaging.Picture;
import org.silhouettes.imaging.PictureDecoder;
import org.silhouettes.imaging.PictureException;
import org.silhouettes.imaging.PictureLimits;
import org.silhouettes.wire.ChannelModels;
import org.silhouettes.wire.Headers;

/** The route that encodes a visitor's image. */
final class ProbeRoutes {

    private static final PictureLimits LIMITS = new PictureLimits(4L << 20, 2048 * 2048);

    private final ModelRoutes routes;
    private final Probes probes;

    ProbeRoutes(ModelRoutes routes, Probes probes) {
        this.routes = routes;
        this.probes = probes;
    }

    /** Encodes the image in the body, whatever its size, with a version's dictionary: its code, layer by layer. */
    void encode(Context ctx) {
        ModelHistory model = routes.model(ctx);
        Snapshot snapshot = routes.snapshot(ctx, model);
        Picture picture = ModelInput.of(picture(ctx), snapshot.shape().image(), channel(model));
        ModelRoutes.json(
                ctx,
                probes.use(
                        model, snapshot, probe -> outcome(probe, snapshot, picture, probe.layers(picture.samples()))));
    }

    /** The channel of colour images that a model learns, −1 where it learns gray or all. */
    static int channel(ModelHistory model) {
        return ChannelModels.index(model.name(), model.settings());
    }

    private static Picture picture(Context ctx) {
        byte[] body = ctx.bodyAsBytes();
        PictureDecoder decoder = new PictureDecoder(LIMITS);
        String type = ctx.contentType() == null ? "" : ctx.contentType().replaceFirst("\\s*;.*", "");
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
                            "content type is \"" + type + "\": send " + Headers.PNG + ", " + Headers.JPEG + " or "
                                    + Headers.RAW + " (with width, height and channels in the query)");
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
            one.put("reconstruction", probe.reconstructed(layer));
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
}
