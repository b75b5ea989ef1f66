package org.silhouettes.job.learn;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.drift.DriftMark;
import org.silhouettes.core.statistics.ActivityReport;
import org.silhouettes.core.statistics.ClassReport;
import org.silhouettes.core.statistics.LateLabels;
import org.silhouettes.core.statistics.WindowReport;
import org.silhouettes.imaging.ImageShape;

/** The JSON of activity records. Numbers that are not finite never appear: their field is left out. */
final class ActivityJson {

    private static final JsonFactory JSON = new JsonFactory();

    private final LearningSettings settings;
    private final String settingsHash;
    private final ModelReports.Clock clock;

    ActivityJson(LearningSettings settings, String settingsHash, ModelReports.Clock clock) {
        this.settings = settings;
        this.settingsHash = settingsHash;
        this.clock = clock;
    }

    /**
     * The record's value, or null where it would be longer than so many bytes; no more memory than that is taken for it.
     *
     * @param units whether the activity by unit, of all and of each class, is in it: the largest part by far
     * @param leftOut classes that there are and that are not in the report
     */
    byte[] bytes(Model model, ActivityReport report, boolean units, int leftOut, int most) {
        BoundedBytes bytes = new BoundedBytes(most);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            head(json, model, report);
            settings(json);
            if (report.window().isPresent()) {
                window(json, "window", report.window().get());
            }
            if (report.unlearnedWindow().isPresent()) {
                window(json, "unlearnedWindow", report.unlearnedWindow().get());
            }
            if (!model.warmingUp()) {
                number(json, "step", model.learner().step());
                number(json, "lambda", model.learner().lambda());
                number(json, "lipschitz", model.learner().lipschitz());
                number(json, "blockCoherence", model.blockCoherence());
                json.writeNumberField("revivedAtoms", model.learner().revivedAtoms());
                json.writeNumberField("revivedGroups", model.learner().revivedGroups());
            }
            json.writeObjectFieldStart("group");
            floats(json, "share", report.groupShare());
            floats(json, "active", report.groupActive());
            floats(json, "energy", report.groupEnergy());
            json.writeEndObject();
            if (units) {
                json.writeObjectFieldStart("unit");
                floats(json, "active", report.unitActive());
                json.writeEndObject();
            }
            json.writeArrayFieldStart("classes");
            for (ClassReport ofClass : report.classes()) {
                ofClass(json, ofClass, units);
            }
            json.writeEndArray();
            if (leftOut > 0) {
                json.writeNumberField("classesLeftOut", leftOut);
            }
            lateLabels(json, model.labels());
            json.writeNumberField("rejected", model.rejected());
            marks(json, model.marks());
            json.writeEndObject();
        } catch (IOException e) {
            if (bytes.isFull()) {
                return null;
            }
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    private void head(JsonGenerator json, Model model, ActivityReport report) throws IOException {
        ImageShape image = model.learner().image();
        json.writeStringField("model", model.name());
        json.writeNumberField("version", model.version());
        json.writeNumberField("learned", model.learner().learned());
        json.writeNumberField("encoded", report.encoded());
        json.writeNumberField("unencoded", model.unencoded());
        json.writeNumberField("emittedAtMillis", clock.millis());
        json.writeObjectFieldStart("image");
        json.writeNumberField("height", image.height());
        json.writeNumberField("width", image.width());
        json.writeNumberField("channels", image.channels());
        json.writeEndObject();
        if (!model.warmingUp()) {
            DictionaryShape shape = model.learner().dictionary().shape();
            json.writeNumberField("groups", shape.groups());
            json.writeNumberField("groupSize", shape.groupSize());
        }
        json.writeStringField("phase", model.warmingUp() ? "warm-up" : "learning");
        if (model.warmingUp()) {
            json.writeObjectFieldStart("warmUp");
            json.writeNumberField("images", model.learner().state().warmUp().size());
            json.writeNumberField("of", settings.learner().initialisation().warmUpImages());
            json.writeEndObject();
        }
    }

    private void settings(JsonGenerator json) throws IOException {
        json.writeStringField("settingsHash", settingsHash);
        json.writeObjectFieldStart("settings");
        for (Map.Entry<String, String> entry : settings.hashed().texts().entrySet()) {
            json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
    }

    private static void window(JsonGenerator json, String name, WindowReport window) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("images", window.images());
        number(json, "mse", window.mse());
        number(json, "mseOfMean", window.mseOfMean());
        number(json, "objective", window.objective());
        number(json, "activeGroups", window.activeGroups());
        number(json, "activeUnits", window.activeUnits());
        number(json, "silentImages", window.silentImages());
        if (window.groupAccuracy().isPresent()) {
            number(json, "groupAccuracy", window.groupAccuracy().getAsDouble());
        }
        if (window.nmi().isPresent()) {
            number(json, "nmi", window.nmi().getAsDouble());
        }
        json.writeEndObject();
    }

    private static void ofClass(JsonGenerator json, ClassReport report, boolean units) throws IOException {
        json.writeStartObject();
        json.writeStringField("label", report.label());
        json.writeNumberField("images", report.images());
        json.writeNumberField("windowImages", report.windowImages());
        floats(json, "groupNorm", report.groupNorm());
        if (units) {
            floats(json, "unitActivity", report.unitActivity());
        }
        floats(json, "strongest", report.strongest());
        json.writeEndObject();
    }

    private static void lateLabels(JsonGenerator json, LateLabels labels) throws IOException {
        json.writeObjectFieldStart("lateLabels");
        json.writeNumberField("joined", labels.joined());
        json.writeNumberField("unmatched", labels.unmatched());
        json.writeNumberField("imagesWaiting", labels.waiting());
        json.writeEndObject();
    }

    private static void marks(JsonGenerator json, List<DriftMark> marks) throws IOException {
        if (!marks.isEmpty()) {
            json.writeArrayFieldStart("marks");
            for (DriftMark mark : marks) {
                json.writeStartObject();
                json.writeNumberField("version", mark.version());
                json.writeStringField("kind", "drift");
                json.writeStringField("detector", mark.detector());
                json.writeStringField("detail", mark.detail());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
    }

    private static void number(JsonGenerator json, String name, double value) throws IOException {
        if (Double.isFinite(value)) {
            json.writeNumberField(name, value);
        }
    }

    private static void floats(JsonGenerator json, String name, float[] values) throws IOException {
        json.writeArrayFieldStart(name);
        for (float value : values) {
            Decimals.write(json, value);
        }
        json.writeEndArray();
    }
}
