package org.silhouettes.core.hashes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.OptionalDouble;
import org.silhouettes.core.drift.DriftMonitor;
import org.silhouettes.core.evaluation.DictionaryMetrics;
import org.silhouettes.core.learner.EncodedBatch;
import org.silhouettes.core.learner.Learner;
import org.silhouettes.core.learner.LearnerSettings;
import org.silhouettes.core.learner.TrainingStepCache;
import org.silhouettes.core.learner.UpdateResult;
import org.silhouettes.core.state.DriftMark;
import org.silhouettes.core.state.StreamImage;
import org.silhouettes.core.statistics.ActivityReport;
import org.silhouettes.core.statistics.ActivitySettings;
import org.silhouettes.core.statistics.ActivityTracker;
import org.silhouettes.core.statistics.ClassReport;
import org.silhouettes.core.statistics.WindowReport;

/** A row's stream learned as the job learns it; every number of an activity record and every drift mark goes into one hash. */
final class HashedRun implements AutoCloseable {

    private static final int UPDATES_PER_REPORT = 8;

    private final HashRow row;
    private final TrainingStepCache usual;
    private final TrainingStepCache acting;
    private final DriftMonitor monitor;
    private final ActivityTracker activity = new ActivityTracker(new ActivitySettings(100));
    private final Learner learner;
    private final MessageDigest digest = sha256();
    private final DataOutputStream statistics =
            new DataOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
    private int marks;
    private int adapted;
    private int grown;

    HashedRun(HashRow row) {
        this.row = row;
        LearnerSettings settings = row.settings();
        this.usual = new TrainingStepCache(settings);
        this.acting = new TrainingStepCache(row.drift().acting(settings));
        this.monitor = new DriftMonitor(row.drift());
        this.learner = new Learner(row.shape(), usual);
    }

    /** Learns from the whole stream; returns the hashes, and how often that happened which the row is there for. */
    ObjectNode outcome() throws IOException {
        for (StreamImage image : row.stream()) {
            learner.accept(image);
            learnDue(false);
        }
        learnDue(true);
        report();
        statistics.writeDouble(DictionaryMetrics.blockCoherence(learner.dictionary()));
        ObjectNode outcome = JsonNodeFactory.instance.objectNode();
        outcome.put("version", learner.dictionary().version());
        outcome.put("groups", learner.dictionary().shape().groups());
        outcome.put("grown", grown);
        outcome.put("atomResets", learner.training().usage().resetAtoms());
        outcome.put("groupResets", learner.training().usage().resetGroups());
        outcome.put("marks", marks);
        outcome.put("adapted", adapted);
        outcome.put("dictionary", learner.dictionary().sha256());
        outcome.put("statistics", HexFormat.of().formatHex(digest.digest()));
        return outcome;
    }

    private void learnDue(boolean flush) throws IOException {
        learner.initialise(flush);
        for (EncodedBatch batch = learner.encode(flush); batch != null; batch = learner.encode(flush)) {
            activity.encoded(batch.images(), batch.encoding(), batch.learn());
            monitor.encoded(batch.encoding(), batch.learn());
            adapted += batch.learn() && monitor.acting() ? 1 : 0;
            learner.trainWith(monitor.acting() ? acting : usual);
            if (batch.learn()) {
                updated(learner.learn(batch));
            }
        }
    }

    private void updated(UpdateResult result) throws IOException {
        if (result.newGroups() > 0) {
            activity.grown(learner.dictionary().shape());
            monitor.grown(learner.dictionary(), result.newGroups());
            grown += result.newGroups();
        }
        if (result.updated() && learner.dictionary().version() % UPDATES_PER_REPORT == 0) {
            report();
        }
    }

    private void report() throws IOException {
        ActivityReport report =
                activity.report(row.shape().values(), row.settings().encoder().lambda());
        statistics.writeLong(report.encoded());
        if (report.window().isPresent()) {
            write(report.window().get());
        }
        if (report.unlearnedWindow().isPresent()) {
            write(report.unlearnedWindow().get());
        }
        write(report.groupShare());
        write(report.groupActive());
        write(report.groupEnergy());
        write(report.unitActive());
        for (ClassReport of : report.classes()) {
            write(of);
        }
        for (DriftMark mark : monitor.marks()) {
            statistics.writeLong(mark.version());
            statistics.writeUTF(mark.detector());
            statistics.writeUTF(mark.detail());
            marks++;
        }
        write(learner.meanImage());
        statistics.writeDouble(learner.step());
        statistics.writeDouble(learner.lambda());
        statistics.writeDouble(learner.training().lipschitz().constant());
        activity.startWindow();
        monitor.reported();
    }

    private void write(WindowReport window) throws IOException {
        statistics.writeLong(window.images());
        statistics.writeDouble(window.mse());
        statistics.writeDouble(window.mseOfMean());
        statistics.writeDouble(window.objective());
        statistics.writeDouble(window.activeGroups());
        statistics.writeDouble(window.activeUnits());
        statistics.writeDouble(window.silentImages());
        write(window.groupAccuracy());
        write(window.nmi());
    }

    private void write(ClassReport of) throws IOException {
        statistics.writeUTF(of.label());
        statistics.writeLong(of.images());
        statistics.writeLong(of.windowImages());
        write(of.groupNorm());
        write(of.unitActivity());
        write(of.strongest());
        write(of.meanImage());
        write(of.reconstruction());
    }

    private void write(OptionalDouble value) throws IOException {
        statistics.writeDouble(value.orElse(-1));
    }

    private void write(float[] values) throws IOException {
        for (float value : values) {
            statistics.writeFloat(value);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public void close() {
        acting.close();
        usual.close();
    }
}
