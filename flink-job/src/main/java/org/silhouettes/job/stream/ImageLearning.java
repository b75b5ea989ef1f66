package org.silhouettes.job.stream;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;
import org.silhouettes.job.Operators;
import org.silhouettes.job.decode.DecodeFunction;
import org.silhouettes.job.learn.LearningOperator;
import org.silhouettes.job.learn.TopicHistory;
import org.silhouettes.job.options.JobSettings;
import org.silhouettes.job.record.ImageRecord;
import org.silhouettes.job.record.Outputs;
import org.silhouettes.job.record.RecordTypeInfo;
import org.silhouettes.wire.Headers;
import org.silhouettes.wire.RecordHeaders;
import org.silhouettes.wire.WireRecord;

/**
 * Online dictionary learning as a part of any Flink job: images in; models, reports, codes and rejections out.
 *
 * <pre>{@code
 * ImageLearning learning = ImageLearning.on(images, Map.of("snapshot.every", "50"));
 * learning.models().sinkTo(…);
 * }</pre>
 *
 * <p>Guarantees are those of the job that it is part of: models are keyed state and survive failures and rescaling with its
 * checkpoints. A model learns from its images in the order of arrival; the result is the same each time where all images of
 * a model come from one subtask of one source. Options that concern Kafka, checkpoints and Flink have no effect. The end of a
 * bounded stream does not end a mini-batch; its last image ({@link InputImage#last}) or option {@code flush.after} does.
 */
public final class ImageLearning {

    private final SingleOutputStreamOperator<ImageRecord> images;
    private final SingleOutputStreamOperator<WireRecord> learned;
    private final String uid;

    private ImageLearning(DataStream<InputImage> stream, JobSettings settings, String name) {
        this.uid = name + "-";
        this.images = stream.map(new ToRecord(name), RecordTypeInfo.RAW)
                .name("records")
                .uid(uid + "records")
                // no exchange between source and decoder: images of a subtask stay in their order
                .setParallelism(stream.getParallelism())
                .process(new DecodeFunction(settings.decode()), RecordTypeInfo.IMAGE)
                .name(Operators.DECODE.title())
                .uid(uid + Operators.DECODE.uid())
                .setParallelism(stream.getParallelism());
        this.learned = images.keyBy(ImageRecord::model, Types.STRING)
                .transform(
                        Operators.LEARN.title(),
                        RecordTypeInfo.OUT,
                        new LearningOperator(settings.learning(), TopicHistory.NONE))
                .uid(uid + Operators.LEARN.uid());
    }

    /**
     * Learns from a stream of images.
     *
     * @param options options of docs/options.md by their keys; the rest have their defaults
     * @throws IllegalArgumentException where an option is not known or out of range
     */
    public static ImageLearning on(DataStream<InputImage> images, Map<String, String> options) {
        return on(images, options, "silhouettes");
    }

    /**
     * Learns from one of several streams of a job.
     *
     * @param name prefix of the uids of the operators, one for each use in a job; never changes, since a savepoint's state is
     *     found by it
     */
    public static ImageLearning on(DataStream<InputImage> images, Map<String, String> options, String name) {
        return new ImageLearning(images, JobSettings.from(new TreeMap<>(options)), name);
    }

    /** Every published version of every model; option {@code snapshot.every} says how often. */
    public DataStream<LearnedModel> models() {
        return learned.getSideOutput(Outputs.DICTIONARIES)
                .process(new ModelAssembler(), TypeInformation.of(LearnedModel.class))
                .name("models")
                .uid(uid + "models");
    }

    /** Activity reports; option {@code activity.every} says how often. */
    public DataStream<ModelReport> reports() {
        return reports(Outputs.ACTIVITY, "reports");
    }

    /** Codes of images, where option {@code codes.emit} is not {@code none}. */
    public DataStream<ModelReport> codes() {
        return reports(Outputs.CODES, "codes");
    }

    /** Contact sheets of atoms and classes. */
    public DataStream<Silhouette> silhouettes() {
        return learned.getSideOutput(Outputs.SILHOUETTES)
                .map(ImageLearning::silhouette, TypeInformation.of(Silhouette.class))
                .name("silhouettes")
                .uid(uid + "silhouettes");
    }

    /** Images that were not learned from. */
    public DataStream<RejectedImage> rejected() {
        return images.getSideOutput(Outputs.REJECTED)
                .union(learned.getSideOutput(Outputs.REJECTED), learned.getSideOutput(Outputs.CHANNEL_REJECTED))
                .map(ImageLearning::rejection, TypeInformation.of(RejectedImage.class))
                .name("rejected")
                .uid(uid + "rejected");
    }

    private DataStream<ModelReport> reports(OutputTag<WireRecord> output, String name) {
        return learned.getSideOutput(output)
                .map(ImageLearning::report, TypeInformation.of(ModelReport.class))
                .name(name)
                .uid(uid + name);
    }

    private static ModelReport report(WireRecord record) {
        return new ModelReport(
                record.headers().text(Headers.MODEL),
                version(record),
                new String(record.value(), StandardCharsets.UTF_8));
    }

    private static Silhouette silhouette(WireRecord record) {
        RecordHeaders headers = record.headers();
        String group = headers.text(Headers.GROUP);
        return new Silhouette(
                headers.text(Headers.MODEL),
                version(record),
                headers.text(Headers.KIND),
                group == null ? -1 : Integer.parseInt(group),
                record.value());
    }

    private static long version(WireRecord record) {
        return Long.parseLong(record.headers().text(Headers.VERSION));
    }

    private static RejectedImage rejection(WireRecord record) {
        String model = record.key() == null ? null : new String(record.key(), StandardCharsets.UTF_8);
        return new RejectedImage(
                model, record.headers().text(Headers.ID), record.headers().text(Headers.REASON));
    }
}
