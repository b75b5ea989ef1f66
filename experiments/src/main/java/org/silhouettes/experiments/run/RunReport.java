package org.silhouettes.experiments.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.silhouettes.core.evaluation.EvaluationReport;
import org.silhouettes.core.evaluation.Recovery;

/**
 * The result of a run.
 *
 * @param dataset name of the data set
 * @param model name of the model
 * @param images images learned from
 * @param tested test images the metrics are taken on
 * @param fitted train images they were fitted on
 * @param updates updates of the dictionary
 * @param rejected records that the job rejected
 * @param seconds from the first image's production until the last one was learned from, through Kafka; with a drift plan
 *     the evaluation after the earlier phases included
 * @param totalSeconds the same until the end of the job, test images and last checkpoint included
 * @param state how the model learns at the end; with split channels each one has its own
 * @param channels with split channels, each one's own model and metrics; the metrics above are those of all of them as one
 *     dictionary of colour images
 * @param phases with a drift plan: what of each phase is known after each
 * @param recovery of a planted dictionary
 * @param drifts seen by the job
 * @param dictionarySha256 of the final dictionary
 * @param settings the settings that matter for learning, by option key
 */
public record RunReport(
        String dataset,
        String model,
        long images,
        long tested,
        long fitted,
        long updates,
        long rejected,
        double seconds,
        double totalSeconds,
        EvaluationReport metrics,
        Optional<LearningState> state,
        List<Channel> channels,
        Optional<PhaseMatrix> phases,
        Optional<Recovery> recovery,
        List<Drift> drifts,
        String dictionarySha256,
        String settingsHash,
        Map<String, String> settings) {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /**
     * A drift that the job saw.
     *
     * @param model whose stream drifted
     * @param version of the dictionary at that moment
     */
    public record Drift(String model, long version, String detector, String detail) {}

    /** A model that has learned one channel. */
    public record Channel(String model, String dictionarySha256, EvaluationReport metrics, LearningState state) {

        Map<String, Object> fields() {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("model", model);
            fields.put("dictionarySha256", dictionarySha256);
            fields.putAll(metrics.values());
            fields.putAll(state.fields());
            return fields;
        }
    }

    public RunReport {
        channels = List.copyOf(channels);
        drifts = List.copyOf(drifts);
    }

    /** Images learned a second, end to end through Kafka. */
    public double imagesPerSecond() {
        return images / seconds;
    }

    /** All fields by name, in the order in which they are worth reading. */
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("dataset", dataset);
        fields.put("model", model);
        fields.put("images", images);
        fields.put("testImages", tested);
        fields.put("fitImages", fitted);
        fields.put("updates", updates);
        fields.put("rejected", rejected);
        fields.put("seconds", seconds);
        fields.put("imagesPerSecond", imagesPerSecond());
        fields.put("totalSeconds", totalSeconds);
        fields.putAll(metrics.values());
        state.ifPresent(end -> fields.putAll(end.fields()));
        if (!channels.isEmpty()) {
            fields.put("channels", channels.stream().map(Channel::fields).toList());
        }
        phases.ifPresent(matrix -> fields.putAll(matrix.fields()));
        recovery.ifPresent(found -> fields.put("recovery", found));
        fields.put("drifts", drifts);
        fields.put("dictionarySha256", dictionarySha256);
        fields.put("settingsHash", settingsHash);
        fields.put("settings", settings);
        return fields;
    }

    void write(Path file) throws IOException {
        Files.write(file, JSON.writeValueAsBytes(fields()));
    }
}
