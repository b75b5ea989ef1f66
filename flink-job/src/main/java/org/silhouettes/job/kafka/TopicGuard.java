package org.silhouettes.job.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.silhouettes.job.record.RawRecord;
import org.silhouettes.wire.kafka.Causes;
import org.silhouettes.wire.kafka.ClientConfig;
import org.silhouettes.wire.kafka.KafkaFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forwards records and remembers the id of the topic that they come from. The offsets that a job continues from mean
 * nothing in a topic that was deleted and created again under the same name, and a consumer would continue at some offset
 * of it silently. Here the job fails by name instead: when it is restored, and at each checkpoint, so that nothing
 * read from the other topic is ever committed.
 */
public final class TopicGuard extends RichMapFunction<RawRecord, RawRecord> implements CheckpointedFunction {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(TopicGuard.class);

    /** Name of the union state that holds {@code topic id} of each subtask. */
    private static final String TOPIC_ID = "topic-id";

    private static final long START_TIMEOUT_MILLIS = 30_000;
    /** A checkpoint waits that long for the answer; without it, it fails: what was read may be another topic's. */
    private static final long CHECKPOINT_TIMEOUT_MILLIS = 60_000;

    private final String topic;
    private final ClientConfig clients;
    private transient Admin admin;
    private transient ListState<String> stored;
    private transient String id;

    /** @param clients makes the properties of the admin client, in the process that needs it */
    public TopicGuard(String topic, ClientConfig clients) {
        this.topic = topic;
        this.clients = clients;
    }

    @Override
    public RawRecord map(RawRecord image) {
        return image;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        stored = context.getOperatorStateStore().getUnionListState(new ListStateDescriptor<>(TOPIC_ID, Types.STRING));
        admin = Admin.create(clients.admin(Map.of()));
        id = currentId(START_TIMEOUT_MILLIS)
                .orElseThrow(() -> new IllegalStateException("could not ask Kafka at " + clients.bootstrapServers()
                        + " for the id of topic \"" + topic + "\" within " + START_TIMEOUT_MILLIS + " ms"));
        for (String before : stored.get()) {
            requireSame(before, id);
        }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        // each subtask asks behind its own last record: another subtask's barrier may have come earlier
        String now = currentId(CHECKPOINT_TIMEOUT_MILLIS)
                .orElseThrow(() -> new IllegalStateException("checkpoint refused: Kafka did not say within "
                        + CHECKPOINT_TIMEOUT_MILLIS + " ms whether topic \"" + topic
                        + "\" is still the one that was read"));
        requireSame(id, now);
        stored.update(List.of(id));
    }

    /** Throws where a topic of the same name had another id; a job may well be pointed to another topic. */
    static void requireSame(String before, String now) {
        String topic = now.substring(0, now.lastIndexOf(' '));
        if (before.startsWith(topic + " ") && !before.equals(now)) {
            throw new IllegalStateException("topic \"" + topic + "\" was deleted and created again (its id was "
                    + before.substring(topic.length() + 1) + ", it is " + now.substring(topic.length() + 1)
                    + "), so the offsets to continue from mean nothing in it: start the job without its checkpoint to"
                    + " learn from the new topic anew, or send the images to a topic of another name and set"
                    + " topics.images");
        }
    }

    /** Topic and id, or nothing where no broker answers in time. */
    private Optional<String> currentId(long timeoutMillis) throws InterruptedException {
        try {
            return Optional.of(topic + " "
                    + admin.describeTopics(List.of(topic))
                            .allTopicNames()
                            .get(timeoutMillis, TimeUnit.MILLISECONDS)
                            .get(topic)
                            .topicId());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                throw new IllegalStateException(
                        "topic \"" + topic + "\" does not exist at " + clients.bootstrapServers()
                                + ": create it, or set topics.images",
                        e);
            }
            KafkaFailure.refusal(e, "Kafka at " + clients.bootstrapServers()).ifPresent(refusal -> {
                throw new IllegalStateException(refusal, e);
            });
            LOG.info(
                    "could not ask Kafka for the id of topic \"{}\": {}",
                    topic,
                    Causes.root(e).getMessage());
            return Optional.empty();
        } catch (TimeoutException e) {
            LOG.info("Kafka did not tell the id of topic \"{}\" within {} ms", topic, timeoutMillis);
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }
}
