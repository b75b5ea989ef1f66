package org.silhouettes.job.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.silhouettes.job.TestImages;
import org.silhouettes.job.record.ImageRecord;
import org.silhouettes.job.record.Outputs;

/**
 * The JSON of activity and codes records against samples of format 1.0, byte by byte: fields, their order and the format of
 * numbers. The time and the settings are left out, as other changes may change them.
 */
class MessageSamplesTest {

    @Test
    void activityRecordsAreAsInFormat10() throws Exception {
        assertThat(activity()).isEqualTo(sample("activity-1.0.jsonl"));
    }

    @Test
    void codesRecordsAreAsInFormat10() throws Exception {
        assertThat(codes()).isEqualTo(sample("codes-1.0.jsonl"));
    }

    static List<String> activity() throws Exception {
        try (OperatorHarness job = OperatorHarness.start(OperatorHarness.smallModels())) {
            job.process(stream());
            List<String> all = job.texts(Outputs.ACTIVITY).stream()
                    .map(json -> json.replaceFirst("\"emittedAtMillis\":\\d+", "\"emittedAtMillis\":0")
                            .replaceFirst("\"settingsHash\":\"\\w+\",\"settings\":\\{.*?}", "\"settings\":{}"))
                    .toList();
            // of the warm-up, at the first dictionary, after some updates, and one with images that were not learned
            // from
            return List.of(all.get(0), all.get(2), all.get(4), all.get(all.size() - 1));
        }
    }

    static List<String> codes() throws Exception {
        try (OperatorHarness job = OperatorHarness.start(OperatorHarness.smallModels("codes.emit", "all"))) {
            job.process(stream());
            List<String> all = job.texts(Outputs.CODES);
            return List.of(all.get(0), all.get(100), all.get(all.size() - 1));
        }
    }

    private static List<ImageRecord> stream() {
        List<ImageRecord> images = new ArrayList<>(TestImages.images("bars", 0, 200));
        for (int n = 200; n < 208; n++) {
            images.add(TestImages.image("bars", n, false, n == 207));
        }
        return images;
    }

    private static List<String> sample(String name) throws Exception {
        try (InputStream in = MessageSamplesTest.class.getResourceAsStream("/messages/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    /** Prints the samples. */
    public static void main(String[] args) throws Exception {
        System.out.println("ACTIVITY");
        activity().forEach(System.out::println);
        System.out.println("CODES");
        codes().forEach(System.out::println);
    }
}
