package org.silhouettes.job.learn;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.util.OutputTag;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.encoder.CodeBatch;
import org.silhouettes.core.learner.Learner;
import org.silhouettes.core.learner.StreamImage;
import org.silhouettes.core.statistics.ActivityReport;
import org.silhouettes.core.statistics.ClassReport;
import org.silhouettes.imaging.ContactSheet;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.job.record.Outputs;
import org.silhouettes.wire.Headers;
import org.silhouettes.wire.Npy;
import org.silhouettes.wire.RecordHeaders;
import org.silhouettes.wire.WireRecord;

/** Makes a model's out records; none of them is over the broker's limit. */
final class ModelReports {

    private final LearningSettings settings;
    private final String settingsHash;
    private final LearningMetrics metrics;
    private final Emitter out;
    private final ActivityJson activityJson;
    private final CodeJson codeJson = new CodeJson();

    ModelReports(LearningSettings settings, LearningMetrics metrics, Emitter out, Clock clock) {
        this.settings = settings;
        this.settingsHash = settings.hashed().hash();
        this.metrics = metrics;
        this.out = out;
        this.activityJson = new ActivityJson(settings, settingsHash, clock);
    }

    /** Wall-clock time, milliseconds since 1970. */
    interface Clock {
        long millis();
    }

    void encoded(int images, boolean learn) {
        metrics.encoded(images, learn);
    }

    void updated() {
        metrics.updated();
    }

    /** The whole dictionary: a record for each group, then one for the mean image that is subtracted. */
    void dictionary(ModelRun model, Learner learner) {
        Dictionary dictionary = learner.dictionary();
        DictionaryShape shape = dictionary.shape();
        ImageShape image = shape.image();
        RecordHeaders common = model.headers(dictionary.version())
                .with(
                        Headers.GROUPS,
                        Integer.toString(shape.groups()),
                        Headers.IMAGES,
                        Long.toString(learner.learned()),
                        Headers.SETTINGS_HASH,
                        settingsHash,
                        Headers.SHA256,
                        dictionary.sha256());
        int length = shape.groupSize() * shape.values();
        for (int g = 0; g < shape.groups(); g++) {
            byte[] array = Npy.encodeFrom(
                    dictionary.atoms(), g * length, shape.groupSize(), image.height(), image.width(), image.channels());
            out.emit(
                    Outputs.DICTIONARIES,
                    new WireRecord(model.name() + "/" + g, array, common.with(Headers.GROUP, Integer.toString(g))));
        }
        byte[] mean = Npy.encode(learner.meanImage(), image.height(), image.width(), image.channels());
        out.emit(
                Outputs.DICTIONARIES,
                new WireRecord(model.name() + "/" + Headers.MEAN, mean, common.with(Headers.GROUP, Headers.MEAN)));
    }

    /**
     * A record without a value for each key of the dictionary: compaction then removes it from the topic. The mean image's
     * comes in any case, and tells readers that the run is over.
     */
    void deleted(ModelRun model, int groups) {
        RecordHeaders common = RecordHeaders.of(Headers.MODEL, model.name(), Headers.RUN, model.id());
        for (int g = 0; g < groups; g++) {
            out.emit(
                    Outputs.DICTIONARIES,
                    new WireRecord(model.name() + "/" + g, null, common.with(Headers.GROUP, Integer.toString(g))));
        }
        out.emit(
                Outputs.DICTIONARIES,
                new WireRecord(model.name() + "/" + Headers.MEAN, null, common.with(Headers.GROUP, Headers.MEAN)));
    }

    /** A contact sheet of each group's atoms, and one of the classes where there are labels. */
    void silhouettes(ModelRun model, Learner learner, ActivityReport report) {
        Dictionary dictionary = learner.dictionary();
        RecordHeaders common = model.headers(dictionary.version());
        for (int g = 0; g < dictionary.shape().groups(); g++) {
            if (!emitPicture(
                    model.name(),
                    ContactSheet.atoms(dictionary.group(g), dictionary.shape().image()),
                    common.with(Headers.KIND, Headers.ATOMS, Headers.GROUP, Integer.toString(g)))) {
                metrics.sheetLeftOut();
            }
        }
        classes(model, learner, report, common.with(Headers.KIND, Headers.CLASSES));
    }

    /** Half the classes fit where all do not; the first by label, so that the sheets of a model go together. */
    private void classes(ModelRun model, Learner learner, ActivityReport report, RecordHeaders common) {
        int all = report.classes().size();
        int most = ModelSize.classesOnSheet(learner.image(), settings);
        for (int classes = all; classes > 0; classes /= 2) {
            if (classes > most) {
                continue;
            }
            List<ClassReport> shown = report.classes().subList(0, classes);
            String labels =
                    CodeJson.array(shown.stream().map(ClassReport::label).toList());
            RecordHeaders headers = common.with(Headers.LABELS, labels, Headers.OF_LABELS, Integer.toString(all));
            if (emitPicture(model.name(), classSheet(learner, shown), headers)) {
                return;
            }
        }
        if (all > 0) {
            metrics.sheetLeftOut();
        }
    }

    private static byte[] classSheet(Learner learner, List<ClassReport> classes) {
        float[] mean = learner.meanImage();
        List<float[]> images = new ArrayList<>(classes.size());
        List<float[]> reconstructions = new ArrayList<>(classes.size());
        for (ClassReport report : classes) {
            images.add(report.meanImage());
            float[] reconstruction = report.reconstruction().clone();
            for (int i = 0; i < mean.length; i++) {
                reconstruction[i] += mean[i];
            }
            reconstructions.add(reconstruction);
        }
        return ContactSheet.classes(images, reconstructions, learner.image());
    }

    private boolean emitPicture(String model, byte[] png, RecordHeaders headers) {
        return emitWithinLimit(new WireRecord(model, png, headers), Outputs.SILHOUETTES);
    }

    private boolean emitWithinLimit(WireRecord record, OutputTag<WireRecord> output) {
        boolean fits = record.bytes() <= settings.reports().maxRecordBytes();
        if (fits) {
            out.emit(output, record);
        }
        return fits;
    }

    void activity(Model model, ActivityReport report) {
        metrics.reported(model);
        RecordHeaders headers = model.run().headers(model.version());
        // the arrays a class go first, then classes, until the record fits
        int all = report.classes().size();
        boolean fits = emitActivity(model, report, true, 0, headers);
        for (ActivityReport next = report;
                !fits;
                next = next.withFirstClasses(next.classes().size() / 2)) {
            int shown = next.classes().size();
            fits = emitActivity(model, next, false, all - shown, headers) || shown == 0;
        }
    }

    private boolean emitActivity(
            Model model, ActivityReport report, boolean units, int leftOut, RecordHeaders headers) {
        byte[] json = activityJson.bytes(
                model, report, units, leftOut, settings.reports().maxRecordBytes());
        return json != null && emitWithinLimit(new WireRecord(model.name(), json, headers), Outputs.ACTIVITY);
    }

    void codes(
            ModelRun model, List<StreamImage> images, float[] centred, CodeBatch codes, long version, boolean learn) {
        String name = model.name();
        RecordHeaders headers = model.headers(version);
        for (int b = 0; b < images.size(); b++) {
            byte[] whole = codeJson.bytes(name, images.get(b), centred, codes, b, version, learn, true);
            if (!emitWithinLimit(new WireRecord(name, whole, headers), Outputs.CODES)) {
                byte[] norms = codeJson.bytes(name, images.get(b), centred, codes, b, version, learn, false);
                emitWithinLimit(new WireRecord(name, norms, headers), Outputs.CODES);
            }
        }
    }
}
