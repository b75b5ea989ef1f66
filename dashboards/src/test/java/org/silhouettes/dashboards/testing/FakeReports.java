package org.silhouettes.dashboards.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Random;
import org.silhouettes.core.dictionary.DictionaryShape;

/** Activity reports as the job writes them, of a model whose group g becomes class g. The numbers are made up but move as real ones do. */
final class FakeReports {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** The version at which half is learned. */
    private static final double HALF = 90;

    private final String model;
    private final DictionaryShape shape;
    private final String[] labels;
    private final Random random;

    /** @param random of the noise in the numbers */
    FakeReports(String model, DictionaryShape shape, String[] labels, Random random) {
        this.model = model;
        this.shape = shape;
        this.labels = labels.clone();
        this.random = random;
    }

    /** How much a model has learned at a version, from 0 up to, never quite, 1. */
    static double learned(long version) {
        return version / (version + HALF);
    }

    /** That many of 2000 warm-up images are there. */
    ObjectNode warmUp(int images, long atMillis) {
        ObjectNode json = JSON.createObjectNode();
        json.put("model", model).put("version", -1).put("learned", 0).put("phase", "warm-up");
        json.put("emittedAtMillis", atMillis);
        json.putObject("warmUp").put("images", images).put("of", 2000);
        return json;
    }

    /** At a version between two snapshots: without the activity of every unit. */
    ObjectNode brief(long version, long atMillis) {
        double learned = learned(version);
        ObjectNode json = JSON.createObjectNode();
        json.put("model", model)
                .put("version", version)
                .put("learned", version * 64)
                .put("encoded", version * 64);
        json.put("unencoded", 0).put("emittedAtMillis", atMillis).put("phase", "learning");
        json.putObject("image")
                .put("height", Digits.SIDE)
                .put("width", Digits.SIDE)
                .put("channels", 1);
        json.put("groups", shape.groups()).put("groupSize", shape.groupSize());
        json.putObject("settings").put("encoder.lambda", "0.5").put("encoder.layers", "15");
        json.put("step", 0.01).put("lipschitz", 40 + 5 * learned).put("blockCoherence", 0.2 + 0.2 * learned);
        json.put("revivedAtoms", (int) (version / 300)).put("revivedGroups", 0).put("rejected", 0);
        ObjectNode window = json.putObject("window");
        window.put("images", 640).put("mse", noisy(0.067 - 0.026 * learned)).put("mseOfMean", 0.067);
        window.put("objective", noisy(26 - 5 * learned)).put("activeGroups", noisy(3 - 1.3 * learned));
        window.put("activeUnits", noisy(50 - 20 * learned)).put("silentImages", 0.02 * (1 - learned));
        window.put("groupAccuracy", noisy(0.15 + 0.6 * learned)).put("nmi", noisy(0.05 + 0.55 * learned));
        groups(json.putObject("group"));
        classes(json.putArray("classes"), learned);
        ArrayNode marks = json.putArray("marks");
        if (version >= 400) {
            marks.addObject()
                    .put("version", 400)
                    .put("kind", "drift")
                    .put("detector", "page-hinkley")
                    .put("detail", "loss rose from 0.041 to 0.052");
        }
        return json;
    }

    /** At a snapshot: with the activity of every unit. */
    ObjectNode full(long version, long atMillis) {
        ObjectNode json = brief(version, atMillis);
        ArrayNode units = json.putObject("unit").putArray("active");
        for (int k = 0; k < shape.atoms(); k++) {
            units.add(usage(k) * 0.3);
        }
        for (int c = 0; c < labels.length; c++) {
            ArrayNode unitActivity = ((ObjectNode) json.path("classes").path(c)).putArray("unitActivity");
            for (int k = 0; k < shape.atoms(); k++) {
                int g = k / shape.groupSize();
                unitActivity.add(2 * affinity(c, g, learned(version)) * usage(k) * 6 / shape.groupSize());
            }
        }
        return json;
    }

    private void groups(ObjectNode json) {
        ArrayNode share = json.putArray("share");
        ArrayNode active = json.putArray("active");
        ArrayNode energy = json.putArray("energy");
        for (int g = 0; g < shape.groups(); g++) {
            double own = (1 + 0.5 * Math.sin(g * 2.3)) / shape.groups();
            share.add(own);
            active.add(Math.min(1, 2 * own));
            energy.add(40 * own);
        }
    }

    private void classes(ArrayNode json, double learned) {
        for (int c = 0; c < labels.length; c++) {
            ObjectNode one = json.addObject();
            one.put("label", labels[c]).put("images", 600 + c).put("windowImages", 64);
            ArrayNode norms = one.putArray("groupNorm");
            ArrayNode strongest = one.putArray("strongest");
            for (int g = 0; g < shape.groups(); g++) {
                double affinity = affinity(c, g, learned);
                norms.add(8 * affinity);
                strongest.add(affinity);
            }
        }
    }

    private double affinity(int c, int g, double learned) {
        double flat = 1.0 / shape.groups();
        double related = c == g ? 0.72 : (c + 5) % 10 == g ? 0.12 : 0.16 / shape.groups();
        return learned * related + (1 - learned) * flat;
    }

    private static double usage(int k) {
        return 0.15 + 0.85 * Math.abs(Math.sin(k * 12.9898) * 43758.5453 % 1);
    }

    private double noisy(double value) {
        return value * (1 + 0.02 * random.nextGaussian());
    }
}
