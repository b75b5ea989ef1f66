package org.silhouettes.cli;

import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.silhouettes.job.kafka.DictionaryRemoval;
import org.silhouettes.wire.Topics;
import org.silhouettes.wire.kafka.Causes;
import org.silhouettes.wire.kafka.ClientConfig;
import org.silhouettes.wire.message.Command;
import org.silhouettes.wire.message.ControlMessage;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Sends the control record that deletes a model. */
@picocli.CommandLine.Command(
        name = "delete",
        description =
                "Deletes a model: removes its dictionary from the compacted topic, even if no job knows the model any"
                        + " more, and sends a control record after its images. The job then removes all state of the"
                        + " model and what it wrote meanwhile. The next image starts a new model.")
final class DeleteCommand implements Callable<Integer> {

    private static final String TIMEOUT_MILLIS = "8000";

    @Spec
    private CommandSpec spec;

    @Mixin
    private KafkaMixin kafka;

    @Option(names = "--model", required = true, paramLabel = "NAME", description = "Key of the model's images.")
    private String model;

    @Option(
            names = "--topic",
            defaultValue = Topics.IMAGES,
            paramLabel = "TOPIC",
            description = "Topic of the images. Default: ${DEFAULT-VALUE}.")
    private String topic;

    @Option(
            names = "--dictionaries",
            defaultValue = Topics.DICTIONARIES,
            paramLabel = "TOPIC",
            description = "Topic of the dictionaries. Default: ${DEFAULT-VALUE}.")
    private String dictionaries;

    @Override
    public Integer call() throws Exception {
        if (model.isEmpty()) {
            throw new UsageException("--model is empty: give the key of the model's images");
        }
        ClientConfig clients = kafka.clients();
        KafkaMixin.warn(clients, spec.commandLine().getErr());
        return KafkaMixin.explained(clients, () -> {
            // first: what a job writes of a new model of that name comes later
            removeDictionary(clients);
            send(clients);
            return 0;
        });
    }

    private void removeDictionary(ClientConfig clients) throws InterruptedException, ExecutionException {
        try {
            int keys = DictionaryRemoval.remove(model, dictionaries, clients);
            spec.commandLine()
                    .getOut()
                    .println("removed: " + keys + " keys of model \"" + model + "\" (topic " + dictionaries + ")");
        } catch (KafkaException | ExecutionException e) {
            if (Causes.find(e, AuthorizationException.class).isEmpty()) {
                throw e;
            }
            // a job that knows the model still removes it
            spec.commandLine()
                    .getErr()
                    .println("warning: Kafka does not let this user READ and WRITE topic \"" + dictionaries
                            + "\": the dictionary is removed only if the job knows the model");
        }
    }

    private void send(ClientConfig clients) throws InterruptedException {
        ProducerRecord<byte[], byte[]> control =
                new ControlMessage(model, Command.DELETE).encode().to(topic);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                clients.producer(Map.of(ProducerConfig.MAX_BLOCK_MS_CONFIG, TIMEOUT_MILLIS)),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            RecordMetadata sent = producer.send(control).get();
            PrintWriter out = spec.commandLine().getOut();
            out.println("sent: delete model \"" + model + "\" (topic " + topic + ", partition " + sent.partition()
                    + ", offset " + sent.offset() + "); the job deletes it when it reads that record");
            out.flush();
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "the command to delete model \"" + model + "\" could not be sent to topic \"" + topic + "\": "
                            + e.getCause().getMessage(),
                    e.getCause());
        }
    }
}
