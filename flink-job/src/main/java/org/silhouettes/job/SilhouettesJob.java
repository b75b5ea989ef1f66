package org.silhouettes.job;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.silhouettes.job.decode.DecodeFunction;
import org.silhouettes.job.learn.ChannelRejections;
import org.silhouettes.job.learn.LearningOperator;
import org.silhouettes.job.learn.TopicHistory;
import org.silhouettes.job.options.JobArguments;
import org.silhouettes.job.options.JobSettings;
import org.silhouettes.job.options.OptionDocs;
import org.silhouettes.job.record.ImageRecord;
import org.silhouettes.job.record.Outputs;
import org.silhouettes.job.record.RawRecord;
import org.silhouettes.job.record.RecordTypeInfo;
import org.silhouettes.wire.WireRecord;

/**
 * The job.
 *
 * <pre>
 * images ─► decode ─► keyBy(model) ─► learn ─┬─► dictionaries
 *              │                        │    ├─► silhouettes
 *              └──────── rejected ◄─────┘    ├─► activity
 *                                            └─► codes (where asked for)
 * </pre>
 */
public final class SilhouettesJob {

    private SilhouettesJob() {}

    /** Runs on the cluster that {@code flink run} names: {@code [--conf FILE] [-Dkey=value …]}; {@code --help} lists the options. */
    public static void main(String[] args) throws Exception {
        if (List.of(args).contains("--help")) {
            System.out.print(OptionDocs.yaml());
            return;
        }
        JobSettings settings;
        try {
            settings = JobSettings.from(JobArguments.parse(args));
        } catch (IllegalArgumentException | IOException e) {
            System.err.println("silhouettes: " + e.getMessage());
            throw e;
        }
        runJob(StreamExecutionEnvironment.getExecutionEnvironment(), settings);
    }

    /** Runs the job on Kafka until it ends. */
    public static void runJob(StreamExecutionEnvironment env, JobSettings settings) throws Exception {
        KafkaWorkflow.build(env, settings, Optional.empty());
        env.execute("silhouettes");
    }

    /** Sets what the job needs of its environment; {@code settings.flink()} has the last word. */
    public static void configure(StreamExecutionEnvironment env, JobSettings settings) {
        Configuration flink = new Configuration();
        flink.set(PipelineOptions.GENERIC_TYPES, false);
        flink.set(PipelineOptions.OBJECT_REUSE, true);
        flink.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
        flink.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
        flink.set(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
        flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, settings.checkpointInterval());
        flink.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        // a checkpoint that storage or brokers refuse for a while is no reason to restart: the next one may pass
        flink.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, 10);
        settings.flink().forEach(flink::setString);
        env.configure(flink, SilhouettesJob.class.getClassLoader());
    }

    /** Defines the job's graph between any source and sinks, and sets the environment for it. */
    public static void defineWorkflow(
            StreamExecutionEnvironment env, Source<RawRecord, ?, ?> source, Sinks sinks, JobSettings settings) {
        configure(env, settings);
        defineWorkflow(records(env, source), sinks, settings, TopicHistory.NONE);
    }

    static SingleOutputStreamOperator<RawRecord> records(
            StreamExecutionEnvironment env, Source<RawRecord, ?, ?> source) {
        return env.fromSource(source, WatermarkStrategy.noWatermarks(), Operators.SOURCE.title(), RecordTypeInfo.RAW)
                .uid(Operators.SOURCE.uid());
    }

    static void defineWorkflow(DataStream<RawRecord> records, Sinks sinks, JobSettings settings, TopicHistory topics) {
        SingleOutputStreamOperator<ImageRecord> images = records.process(
                        new DecodeFunction(settings.decode()), RecordTypeInfo.IMAGE)
                .name(Operators.DECODE.title())
                .uid(Operators.DECODE.uid());
        SingleOutputStreamOperator<WireRecord> learned = images.keyBy(ImageRecord::model, Types.STRING)
                .transform(
                        Operators.LEARN.title(), RecordTypeInfo.OUT, new LearningOperator(settings.learning(), topics))
                .uid(Operators.LEARN.uid());
        sink(learned.getSideOutput(Outputs.DICTIONARIES), sinks.dictionaries(), Operators.DICTIONARIES);
        sink(learned.getSideOutput(Outputs.SILHOUETTES), sinks.silhouettes(), Operators.SILHOUETTES);
        sink(learned.getSideOutput(Outputs.ACTIVITY), sinks.activity(), Operators.ACTIVITY);
        sinks.codes().ifPresent(codes -> sink(learned.getSideOutput(Outputs.CODES), codes, Operators.CODES));
        DataStream<WireRecord> refused = learned.getSideOutput(Outputs.REJECTED)
                .connect(learned.getSideOutput(Outputs.CHANNEL_REJECTED))
                .transform(Operators.CHANNEL_REJECTIONS.title(), RecordTypeInfo.OUT, new ChannelRejections())
                .uid(Operators.CHANNEL_REJECTIONS.uid())
                .setParallelism(1)
                .setMaxParallelism(1);
        sink(images.getSideOutput(Outputs.REJECTED).union(refused), sinks.rejected(), Operators.REJECTED);
    }

    private static void sink(DataStream<WireRecord> records, Sink<WireRecord> sink, Operators operator) {
        records.sinkTo(sink).name(operator.title()).uid(operator.uid());
    }
}
