package org.silhouettes.job.learn;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.util.OutputTag;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.learner.EncodedBatch;
import org.silhouettes.core.learner.Learner;
import org.silhouettes.core.statistics.ActivityReport;
import org.silhouettes.core.statistics.ClassReport;
import org.silhouettes.imaging.ContactSheet;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.job.record.Outputs;
import org.silhouettes.wire.Npy;
import org.silhouettes.wire.WireRecord;
import org.silhouettes.wire.message.ActivityMessage;
import org.silhouettes.wire.message.CodeMessage;
import org.silhouettes.wire.message.DictionaryDeletion;
import org.silhouettes.wire.message.DictionaryKey;
import org.silhouettes.wire.message.DictionaryMessage;
import org.silhouettes.wire.message.ModelVersion;
import org.silhouettes.wire.message.SilhouetteMessage;

/** Builds and emits the output records of models, within {@code output.max-record-bytes}. */
final class ModelReports {

    private final LearningSettings settings;
    private final String settingsHash;
    private final LearningMetrics metrics;
    private final Emitter out;
    private final ActivityMessages activity;

    ModelReports(LearningSettings settings, LearningMetrics metrics, Emitter out, Clock clock) {
        this.settings = settings;
        this.settingsHash = settings.hashed().hash();
        this.metrics = metrics;
        this.out = out;
        this.activity = new ActivityMessages(settings, settingsHash, clock);
    }

    /** Wall-clock time, milliseconds since 1970. */
    interface Clock {
        long millis();
    }

    /** Counts a mini-batch and emits its codes, depending on {@code codes.emit}. */
    void encoded(ModelRun model, EncodedBatch batch) {
        metrics.encoded(batch.images().size(), batch.learn());
        if (settings.reports().codes() == CodesEmit.ALL
                || settings.reports().codes() == CodesEmit.UNLEARNED && !batch.learn()) {
            codes(model, batch);
        }
    }

    void updated() {
        metrics.updated();
    }

    /** Emits the dictionary: a record per group, then one for the mean image. */
    void dictionary(ModelRun model, Learner learner) {
        Dictionary dictionary = learner.dictionary();
        DictionaryShape shape = dictionary.shape();
        ImageShape image = shape.image();
        DictionaryMessage.Whole whole = new DictionaryMessage.Whole(
                model.at(dictionary.version()), shape.groups(), learner.learned(), settingsHash, dictionary.sha256());
        int length = shape.groupSize() * shape.values();
        for (int g = 0; g < shape.groups(); g++) {
            byte[] array = Npy.encodeFrom(
                    dictionary.atoms(), g * length, shape.groupSize(), image.height(), image.width(), image.channels());
            out.emit(Outputs.DICTIONARIES, new DictionaryMessage(whole, g, array).encode());
        }
        byte[] mean = Npy.encode(learner.meanImage(), image.height(), image.width(), image.channels());
        out.emit(Outputs.DICTIONARIES, new DictionaryMessage(whole, DictionaryKey.MEAN, mean).encode());
    }

    /**
     * Emits tombstones for all keys of the dictionary, so that compaction removes it from the topic. The one of the mean image
     * is always emitted and marks the end of the run.
     */
    void deleted(ModelRun model, int groups) {
        DictionaryDeletion.all(model.name(), model.id(), groups)
                .forEach(record -> out.emit(Outputs.DICTIONARIES, record));
    }

    /** Emits a contact sheet per group, and one of the classes if there are labels. */
    void silhouettes(ModelRun model, Learner learner, ActivityReport report) {
        Dictionary dictionary = learner.dictionary();
        ModelVersion version = model.at(dictionary.version());
        for (int g = 0; g < dictionary.shape().groups(); g++) {
            byte[] png =
                    ContactSheet.atoms(dictionary.group(g), dictionary.shape().image());
            if (!emitPicture(SilhouetteMessage.atoms(version, g, png))) {
                metrics.sheetLeftOut();
            }
        }
        classes(version, learner, report);
    }

    /** Emits as many classes as fit, by halving; the first by label, so that consecutive sheets show the same classes. */
    private void classes(ModelVersion version, Learner learner, ActivityReport report) {
        int all = report.classes().size();
        int max = ModelSize.classesOnSheet(learner.image(), settings);
        for (int classes = all; classes > 0; classes /= 2) {
            if (classes > max) {
                continue;
            }
            List<ClassReport> shown = report.classes().subList(0, classes);
            List<String> labels = shown.stream().map(ClassReport::label).toList();
            if (emitPicture(SilhouetteMessage.classes(version, labels, all, classSheet(learner, shown)))) {
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

    private boolean emitPicture(SilhouetteMessage sheet) {
        return emitWithinLimit(sheet.encode(), Outputs.SILHOUETTES);
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
        // unit activities are omitted first, then classes, until the record fits
        int all = report.classes().size();
        boolean fits = emitActivity(model, report, true, 0);
        for (ActivityReport next = report;
                !fits;
                next = next.withFirstClasses(next.classes().size() / 2)) {
            int shown = next.classes().size();
            fits = emitActivity(model, next, false, all - shown) || shown == 0;
        }
    }

    private boolean emitActivity(Model model, ActivityReport report, boolean units, int leftOut) {
        ActivityMessage message = activity.message(model, report, units, leftOut);
        // bounds the memory by the maximum size of a record
        BoundedBytes json = new BoundedBytes(settings.reports().maxRecordBytes());
        try {
            message.writeJson(json);
        } catch (IOException e) {
            if (json.isFull()) {
                return false;
            }
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return emitWithinLimit(message.encode(model.run().id(), json.toByteArray()), Outputs.ACTIVITY);
    }

    private void codes(ModelRun model, EncodedBatch batch) {
        for (int b = 0; b < batch.images().size(); b++) {
            CodeMessage code = CodeMessages.message(model.name(), batch, b);
            if (!emitWithinLimit(code.encode(model.id()), Outputs.CODES)) {
                emitWithinLimit(code.withoutUnits().encode(model.id()), Outputs.CODES);
            }
        }
    }
}
