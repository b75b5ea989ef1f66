package org.silhouettes.dashboards.history;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.silhouettes.wire.Npy;
import org.silhouettes.wire.RecordPosition;
import org.silhouettes.wire.message.DictionaryKey;
import org.silhouettes.wire.message.DictionaryMessage;
import org.silhouettes.wire.message.ModelVersion;

/** Fills histories of many models; run in a JVM whose heap holds little more than their bound. */
final class ManyModels {

    static final int BOUND = 64 << 20;
    private static final int MODELS = 1000;
    private static final int GROUPS = 10;
    private static final int GROUP_SIZE = 32;
    private static final int CLASSES = 10;
    private static final int SIDE = 28;

    private ManyModels() {}

    /** Prints what the histories say that they take. */
    public static void main(String[] args) throws IOException {
        Models models = new Models(BOUND, model -> {});
        byte[] group = Npy.encode(new float[GROUP_SIZE * SIDE * SIDE], new int[] {GROUP_SIZE, SIDE, SIDE, 1});
        byte[] mean = Npy.encode(new float[SIDE * SIDE], new int[] {SIDE, SIDE, 1});
        for (int version = 0; version < 4; version++) {
            for (int m = 0; m < MODELS; m++) {
                models.add(ActivityReport.parse("model " + m, "run", version, report(version)));
                // the last group of each version never comes
                for (int g = 0; g < 2; g++) {
                    models.add(part(m, version, g, group));
                }
                models.add(part(m, version, DictionaryKey.MEAN, mean));
                if (models.bytes() > BOUND) {
                    throw new IllegalStateException(models.bytes() + " bytes, at most " + BOUND + " are allowed");
                }
            }
        }
        if (models.all().size() != MODELS) {
            throw new IllegalStateException(models.all().size() + " models are left of " + MODELS);
        }
        System.out.println(models.bytes());
    }

    private static DictionaryPart part(int model, long version, int group, byte[] npy) {
        RecordPosition position = new RecordPosition("dictionaries", 0, version * GROUPS + group);
        DictionaryMessage.Whole whole = new DictionaryMessage.Whole(
                new ModelVersion("model " + model, "run", version), GROUPS, 64, "hash", "sha" + version);
        return new DictionaryPart(new DictionaryMessage(whole, group, npy), position, version);
    }

    /** A report of every unit of every class, about 30 KB. */
    private static byte[] report(long version) {
        StringBuilder json = new StringBuilder("{\"version\":" + version + ",\"window\":{\"mse\":0.1},\"settings\":{");
        for (int i = 0; i < 50; i++) {
            json.append(i == 0 ? "" : ",")
                    .append("\"organisation.option-")
                    .append(i)
                    .append("\":\"value\"");
        }
        json.append("},\"unit\":{\"active\":").append(numbers(version)).append("},\"classes\":[");
        for (int c = 0; c < CLASSES; c++) {
            json.append(c == 0 ? "" : ",")
                    .append("{\"label\":\"")
                    .append(c)
                    .append("\",\"unitActivity\":")
                    .append(numbers(version + c))
                    .append('}');
        }
        return json.append("]}").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String numbers(long seed) {
        StringBuilder array = new StringBuilder("[");
        for (int k = 0; k < GROUPS * GROUP_SIZE; k++) {
            array.append(k == 0 ? "0." : ",0.").append(10_000 + (seed * 7919 + k * 104_729) % 90_000);
        }
        return array.append(']').toString();
    }
}
