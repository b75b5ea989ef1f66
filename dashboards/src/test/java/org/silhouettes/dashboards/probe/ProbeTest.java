package org.silhouettes.dashboards.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.encoder.EncoderSettings;
import org.silhouettes.core.encoder.Encoding;
import org.silhouettes.core.encoder.Shrinkage;
import org.silhouettes.core.encoder.Unrolling;
import org.silhouettes.core.learner.TrainingStep;
import org.silhouettes.core.state.TrainingState;
import org.silhouettes.core.update.UpdateSettings;
import org.silhouettes.imaging.ImageShape;

class ProbeTest {

    private static final DictionaryShape SHAPE = new DictionaryShape(4, 3, new ImageShape(5, 5, 1));
    private static final EncoderSettings ENCODER = EncoderSettings.PAPER.withLambda(0.05);

    private final Random random = new Random(11);

    @Test
    void theLastLayerIsTheCodeThatTheJobWouldMake() {
        Dictionary dictionary = dictionary();
        byte[] image = new byte[SHAPE.values()];
        random.nextBytes(image);
        float[] mean = new float[SHAPE.values()];
        mean[3] = 0.25f;
        try (Probe probe = new Probe(dictionary, mean, ENCODER);
                TrainingStep engine = new TrainingStep(SHAPE, ENCODER, UpdateSettings.PAPER, 1)) {
            Encoding expected = engine.encode(dictionary, new TrainingState(), probe.centred(image), 1);
            List<Probe.Layer> layers = probe.layers(image);
            assertThat(layers).hasSize(15);
            Probe.Layer last = layers.get(14);
            for (int k = 0; k < SHAPE.atoms(); k++) {
                assertThat(last.codes()[k]).isEqualTo(expected.codes()[k], within(1e-5f));
            }
            assertThat(last.squaredError()).isEqualTo(expected.squaredErrors()[0], within(1e-4f));
            assertThat(last.squaredError()).isLessThan(layers.get(0).squaredError());
            assertThat(probe.groupNorms(List.of(image, image))).hasSize(2).allSatisfy(norms -> {
                for (int g = 0; g < SHAPE.groups(); g++) {
                    assertThat(norms[g]).isEqualTo(expected.groupNorms()[g], within(1e-4f));
                }
            });
        }
    }

    @Test
    void settingsAreReadFromTheReportAndElseThePapers() {
        Map<String, String> settings = new HashMap<>();
        assertThat(Encoders.of(settings)).isEqualTo(EncoderSettings.PAPER);
        settings.put("encoder.lambda", "0.5");
        settings.put("encoder.layers", "8");
        settings.put("encoder.unrolling", "ista");
        settings.put("encoder.shrinkage", "two-sided");
        EncoderSettings read = Encoders.of(settings);
        assertThat(read.lambda()).isEqualTo(0.5);
        assertThat(read.layers()).isEqualTo(8);
        assertThat(read.unrolling()).isEqualTo(Unrolling.ISTA);
        assertThat(read.shrinkage()).isEqualTo(Shrinkage.TWO_SIDED);
    }

    private Dictionary dictionary() {
        float[] atoms = new float[SHAPE.size()];
        for (int i = 0; i < atoms.length; i++) {
            atoms[i] = (float) random.nextGaussian();
        }
        Dictionary dictionary = new Dictionary(SHAPE, atoms, 1);
        dictionary.normaliseInPlace();
        return dictionary;
    }
}
