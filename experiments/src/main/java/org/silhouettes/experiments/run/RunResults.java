package org.silhouettes.experiments.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.silhouettes.job.options.KafkaSettings;
import org.silhouettes.wire.Headers;

/**
 * What the out topics hold of the models of a run when its job has ended, as any other client would read it.
 *
 * @param channels each model's dictionary and codes, in the order of {@link RunPlan#models}
 * @param drifts marks of all models, in the order in which they were emitted
 * @param classes the last picture of the classes by model
 * @param learnedAtMillis when the last model had learned from its last image
 */
record RunResults(
        List<Channel> channels,
        List<RunReport.Drift> drifts,
        Map<String, byte[]> classes,
        String settingsHash,
        long learnedAtMillis,
        long rejected) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What one model has learned, what it makes of the images that it was tested on, and how it learned in the end. */
    record Channel(String model, LearnedDictionary learned, EncodedImages codes, LearningState state) {}

    static RunResults read(String bootstrapServers, KafkaSettings.TopicNames topics, RunPlan plan) {
        List<String> models = plan.models();
        List<LearnedDictionary.Gatherer> snapshots =
                models.stream().map(LearnedDictionary.Gatherer::new).toList();
        TopicContents.read(bootstrapServers, topics.dictionaries(), record -> snapshots.forEach(of -> of.add(record)));
        Activity activity = new Activity(plan.learned());
        TopicContents.read(bootstrapServers, topics.activity(), activity::add);
        List<Channel> channels = new ArrayList<>();
        for (int c = 0; c < snapshots.size(); c++) {
            LearnedDictionary learned = snapshots.get(c).last();
            String model = models.get(c);
            int groups = learned.dictionary().shape().groups();
            channels.add(new Channel(model, learned, new EncodedImages(model, groups), activity.states.get(model)));
        }
        TopicContents.read(
                bootstrapServers,
                topics.codes(),
                record -> channels.forEach(of -> of.codes().add(record.value())));
        Map<String, byte[]> classes = new HashMap<>();
        TopicContents.read(bootstrapServers, topics.silhouettes(), record -> {
            if (Headers.CLASSES.equals(TopicContents.header(record, Headers.KIND))) {
                classes.put(TopicContents.header(record, Headers.MODEL), record.value());
            }
        });
        long[] rejected = new long[1];
        TopicContents.read(bootstrapServers, topics.rejected(), record -> rejected[0]++);
        return new RunResults(
                channels,
                activity.drifts,
                classes,
                activity.settingsHash,
                activity.learnedAtMillis.values().stream()
                        .mapToLong(Long::longValue)
                        .max()
                        .orElse(0),
                rejected[0]);
    }

    /** The dictionaries of all channels as one. */
    LearnedDictionary learned() {
        return LearnedDictionary.joined(channels.stream().map(Channel::learned).toList());
    }

    /** The codes of all channels as one. */
    EncodedImages codes() {
        return EncodedImages.joined(channels.stream().map(Channel::codes).toList());
    }

    /** The picture of the classes, in colour where each channel has one; none where one of them has none. */
    Optional<byte[]> classPicture() {
        List<byte[]> pictures = channels.stream()
                .map(channel -> classes.get(channel.model()))
                .filter(png -> png != null)
                .toList();
        return pictures.size() < channels.size() ? Optional.empty() : ChannelPictures.joined(pictures);
    }

    /** What is gathered from the activity topic. */
    private static final class Activity {
        private final long images;
        private final List<RunReport.Drift> drifts = new ArrayList<>();
        private final Map<String, Long> learnedAtMillis = new LinkedHashMap<>();
        private final Map<String, LearningState> states = new HashMap<>();
        private String settingsHash;

        Activity(long images) {
            this.images = images;
        }

        void add(ConsumerRecord<byte[], byte[]> record) {
            try {
                JsonNode activity = JSON.readTree(record.value());
                String model = activity.path("model").asText();
                settingsHash = activity.path("settingsHash").asText();
                for (JsonNode mark : activity.path("marks")) {
                    drifts.add(new RunReport.Drift(
                            model,
                            mark.path("version").asLong(),
                            mark.path("detector").asText(),
                            mark.path("detail").asText()));
                }
                if (activity.has("step")) {
                    states.put(model, LearningState.of(activity));
                }
                if (activity.path("learned").asLong() >= images) {
                    learnedAtMillis.putIfAbsent(
                            model, activity.path("emittedAtMillis").asLong());
                }
            } catch (IOException e) {
                throw new UncheckedIOException("a record of the activity topic is no JSON", e);
            }
        }
    }
}
