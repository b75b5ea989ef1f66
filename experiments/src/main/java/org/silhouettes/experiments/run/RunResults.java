package org.silhouettes.experiments.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.silhouettes.job.options.KafkaSettings;
import org.silhouettes.wire.WireRecord;
import org.silhouettes.wire.kafka.TopicScan;
import org.silhouettes.wire.message.ActivityMessage;
import org.silhouettes.wire.message.CodeMessage;
import org.silhouettes.wire.message.SilhouetteMessage;

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

    /** What one model has learned, what it makes of the images that it was tested on, and how it learned in the end. */
    record Channel(String model, LearnedDictionary learned, EncodedImages codes, LearningState state) {}

    static RunResults read(String bootstrapServers, KafkaSettings.TopicNames topics, RunPlan plan) {
        List<String> models = plan.models();
        List<LearnedDictionary.Gatherer> snapshots =
                models.stream().map(LearnedDictionary.Gatherer::new).toList();
        TopicScan.committed(bootstrapServers, topics.dictionaries(), record -> snapshots.forEach(of -> of.add(record)));
        Activity activity = new Activity(plan.learned());
        TopicScan.committed(bootstrapServers, topics.activity(), activity::add);
        List<Channel> channels = new ArrayList<>();
        for (int c = 0; c < snapshots.size(); c++) {
            LearnedDictionary learned = snapshots.get(c).last();
            String model = models.get(c);
            int groups = learned.dictionary().shape().groups();
            channels.add(new Channel(model, learned, new EncodedImages(model, groups), activity.states.get(model)));
        }
        TopicScan.committed(bootstrapServers, topics.codes(), record -> {
            CodeMessage code = CodeMessage.decode(WireRecord.of(record));
            channels.forEach(of -> of.codes().add(code));
        });
        Map<String, byte[]> classes = new HashMap<>();
        TopicScan.committed(bootstrapServers, topics.silhouettes(), record -> {
            SilhouetteMessage sheet = SilhouetteMessage.decode(WireRecord.of(record));
            if (sheet.isOfClasses()) {
                classes.put(sheet.of().model(), sheet.png());
            }
        });
        long[] rejected = new long[1];
        TopicScan.committed(bootstrapServers, topics.rejected(), record -> rejected[0]++);
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

    /** What is collected from the activity topic. */
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
            ActivityMessage activity = ActivityMessage.decode(WireRecord.of(record));
            String model = activity.progress().model();
            settingsHash = activity.outline().settingsHash();
            if (activity.events().marks() != null) {
                activity.events()
                        .marks()
                        .forEach(mark ->
                                drifts.add(new RunReport.Drift(model, mark.version(), mark.detector(), mark.detail())));
            }
            if (activity.training().step() != null) {
                states.put(model, LearningState.of(activity.training()));
            }
            if (activity.progress().learned() >= images) {
                learnedAtMillis.putIfAbsent(model, activity.progress().emittedAtMillis());
            }
        }
    }
}
