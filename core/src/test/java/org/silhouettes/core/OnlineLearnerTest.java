package org.silhouettes.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.silhouettes.core.encoder.EncoderSettings;
import org.silhouettes.core.initialisation.Bars;
import org.silhouettes.core.initialisation.Initialisation;
import org.silhouettes.core.initialisation.InitialisationSettings;
import org.silhouettes.core.learner.LearnerSettings;
import org.silhouettes.core.state.LearnerState;
import org.silhouettes.core.update.UpdateSettings;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.imaging.Picture;
import org.silhouettes.linalg.Random64;

class OnlineLearnerTest {

    private static final int WARM_UP = 40;
    private static final int BATCH = 8;
    private static final LearnerSettings SETTINGS = new LearnerSettings(
            3,
            4,
            EncoderSettings.PAPER.withLambda(0.1),
            UpdateSettings.GENTLE,
            new InitialisationSettings(Initialisation.KMEANS, WARM_UP),
            BATCH,
            7);

    @Test
    void imagesAreInTheResultOfTheCallThatEncodesThem() {
        try (OnlineLearner learner = OnlineLearner.create(SETTINGS, Bars.SHAPE)) {
            BatchResult warmUp = learner.learn(bars(0, WARM_UP - 1));
            assertThat(warmUp).isEqualTo(new BatchResult(List.of(), 0, false, 0));
            assertThat(learner.dictionary()).isEmpty();

            BatchResult first = learner.learn(bars(WARM_UP - 1, WARM_UP + 3));
            assertThat(first.initialised()).isTrue();
            assertThat(first.images()).hasSize(WARM_UP);
            assertThat(first.updates()).isEqualTo(WARM_UP / BATCH);
            // encoded first, learned from afterwards
            assertThat(first.images().get(0).version()).isZero();
            assertThat(first.images().get(WARM_UP - 1).version()).isEqualTo(WARM_UP / BATCH - 1);
            assertThat(first.images().get(0).code()).hasSize(12);

            BatchResult rest = learner.flush();
            assertThat(rest.images()).hasSize(3);
            assertThat(rest.updates()).isEqualTo(1);
            assertThat(learner.dictionary().orElseThrow().version()).isEqualTo(WARM_UP / BATCH + 1);
        }
    }

    @Test
    void restoredLearnerContinuesWithTheSameBitsHoweverTheStreamIsDivided() {
        List<Picture> stream = bars(0, 150);
        try (OnlineLearner straight = OnlineLearner.create(SETTINGS, Bars.SHAPE)) {
            straight.learn(stream);
            LearnerState state = LearnerState.empty(Bars.SHAPE, SETTINGS.seed());
            for (int from = 0; from < stream.size(); from += 13) {
                try (OnlineLearner part = OnlineLearner.restore(SETTINGS, state)) {
                    part.learn(stream.subList(from, Math.min(from + 13, stream.size())));
                    state = part.state();
                }
            }
            assertThat(state.dictionary().sha256())
                    .isEqualTo(straight.dictionary().orElseThrow().sha256());
        }
    }

    @Test
    void stateThatWasTakenDoesNotChangeWithTheLearner() {
        try (OnlineLearner learner = OnlineLearner.create(SETTINGS, Bars.SHAPE)) {
            learner.learn(bars(0, 60));
            LearnerState state = learner.state();
            String before = state.dictionary().sha256();

            learner.learn(bars(60, 90));

            assertThat(state.dictionary().sha256()).isEqualTo(before);
            assertThat(state.training().steps()).isEqualTo(state.dictionary().version());
        }
    }

    @Test
    void pictureOfAnotherShapeIsRefusedBeforeAnyOfTheCallIsTaken() {
        try (OnlineLearner learner = OnlineLearner.create(SETTINGS, Bars.SHAPE)) {
            List<Picture> mixed = new ArrayList<>(bars(0, 2));
            mixed.add(new Picture(new ImageShape(2, 2, 1), new byte[4]));

            assertThatThrownBy(() -> learner.learn(mixed))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("picture is 2x2x1, the learner takes 10x10x1: resize or crop it first");
            assertThat(learner.state().buffers().warmUp()).isEmpty();
        }
    }

    private static List<Picture> bars(int from, int to) {
        List<Picture> pictures = new ArrayList<>();
        for (int i = from; i < to; i++) {
            pictures.add(new Picture(Bars.SHAPE, Bars.samples(i % 3, new Random64(i))));
        }
        return pictures;
    }
}
