package org.silhouettes.faults;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.silhouettes.job.KafkaWorkflow;
import org.silhouettes.job.options.JobSettings;

/**
 * A run of the job, and how it differs from the plain one.
 *
 * @param name of the run, its topics and its transactions
 * @param stream the images
 * @param records changes what is sent; the plain stream goes in
 * @param options of the job in addition to those of every run
 * @param changes made to the finished graph
 * @param jar of the job, where its classes are to come from one
 * @param parallelism of all operators
 */
record RunSettings(
        String name,
        ImageStream stream,
        UnaryOperator<List<ProducerRecord<byte[], byte[]>>> records,
        Map<String, String> options,
        Consumer<StreamGraph> changes,
        Optional<Path> jar,
        int parallelism) {

    /** The stream as it is, the job as it is. */
    static RunSettings plain(String name) {
        return new RunSettings(
                name,
                FaultLab.STREAM,
                UnaryOperator.identity(),
                Map.of(),
                graph -> {},
                Optional.empty(),
                FaultLab.STREAM.partitions());
    }

    RunSettings withStream(ImageStream otherStream) {
        return new RunSettings(name, otherStream, records, options, changes, jar, otherStream.partitions());
    }

    RunSettings withRecords(UnaryOperator<List<ProducerRecord<byte[], byte[]>>> otherRecords) {
        return new RunSettings(name, stream, otherRecords, options, changes, jar, parallelism);
    }

    RunSettings withOptions(Map<String, String> otherOptions) {
        return new RunSettings(name, stream, records, otherOptions, changes, jar, parallelism);
    }

    RunSettings withChanges(Consumer<StreamGraph> otherChanges) {
        return new RunSettings(name, stream, records, options, otherChanges, jar, parallelism);
    }

    RunSettings withJar(Path otherJar) {
        return new RunSettings(name, stream, records, options, changes, Optional.of(otherJar), parallelism);
    }

    RunSettings withParallelism(int other) {
        return new RunSettings(name, stream, records, options, changes, jar, other);
    }

    /** The job's graph: small models, checkpoints every second, every image's code emitted. */
    JobGraph graph(RowTopics topics, String bootstrapServers) {
        Map<String, String> all = new TreeMap<>(Map.ofEntries(
                Map.entry("model.groups", "4"),
                Map.entry("model.group-size", "4"),
                Map.entry("model.batch", "16"),
                Map.entry("encoder.lambda", "0.2"),
                Map.entry("init.method", "kmeans"),
                Map.entry("init.warm-up", "64"),
                Map.entry("snapshot.every", "8"),
                Map.entry("activity.every", "4"),
                Map.entry("codes.emit", "all"),
                Map.entry("checkpoint.interval", "1 s"),
                Map.entry("kafka.bootstrap-servers", bootstrapServers),
                Map.entry("kafka.group-id", name),
                Map.entry("kafka.transactional-id-prefix", name),
                Map.entry("topics.images", topics.images())));
        topics.out().forEach((kind, topic) -> all.put("topics." + kind, topic));
        all.putAll(options);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(parallelism);
        KafkaWorkflow.build(env, JobSettings.from(all), Optional.empty());
        StreamGraph graph = env.getStreamGraph();
        graph.setJobName(name);
        changes.accept(graph);
        JobGraph job = graph.getJobGraph();
        jar.ifPresent(file -> job.addJar(new org.apache.flink.core.fs.Path(file.toUri())));
        return job;
    }
}
