package org.silhouettes.job.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.silhouettes.job.learn.StartFromNothing;
import org.silhouettes.job.learn.TopicHistory;
import org.silhouettes.wire.kafka.ClientConfig;
import org.silhouettes.wire.kafka.KafkaFailure;

/** What the learning operator has to know of Kafka's topics, read when a subtask starts. */
public final class KafkaTopicHistory implements TopicHistory {

    private static final long serialVersionUID = 1L;
    private static final long TIMEOUT_MILLIS = 30_000;

    private final String images;
    private final String dictionaries;
    private final StartFromNothing fromNothing;
    private final ClientConfig clients;
    private transient String imagesId;

    /**
     * @param images name of the images topic
     * @param dictionaries name of the dictionaries topic
     * @param clients what the admin client and the consumer are made with
     */
    public KafkaTopicHistory(String images, String dictionaries, StartFromNothing fromNothing, ClientConfig clients) {
        this.images = images;
        this.dictionaries = dictionaries;
        this.fromNothing = fromNothing;
        this.clients = clients;
    }

    @Override
    public void open() throws InterruptedException {
        Admin client = Admin.create(clients.admin(Map.of()));
        try {
            imagesId = client.describeTopics(List.of(images))
                    .allTopicNames()
                    .get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
                    .get(images)
                    .topicId()
                    .toString();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(
                    "could not get the id of topic \"" + images + "\", which the ids of runs are made of, within "
                            + TIMEOUT_MILLIS / 1000 + " s: "
                            + KafkaFailure.text(e, "Kafka at " + clients.bootstrapServers()),
                    e);
        } finally {
            client.close(Duration.ZERO);
        }
    }

    @Override
    public String topicId(String topic) {
        return topic.equals(images) ? imagesId : NONE.topicId(topic);
    }

    @Override
    public boolean allowsStartFromNothing() {
        return fromNothing == StartFromNothing.ALLOW;
    }

    @Override
    public Map<String, Long> newestVersions(Predicate<String> models) {
        return new DictionaryVersions(dictionaries, clients.consumer(Map.of()), models).read();
    }

    @Override
    public String versionsTopic() {
        return dictionaries;
    }
}
