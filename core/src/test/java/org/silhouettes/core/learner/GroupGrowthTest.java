package org.silhouettes.core.learner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.encoder.EncoderSettings;
import org.silhouettes.core.initialisation.Bars;
import org.silhouettes.core.initialisation.Initialisation;
import org.silhouettes.core.initialisation.InitialisationSettings;
import org.silhouettes.core.organisation.GroupGrowthSettings;
import org.silhouettes.core.organisation.OrganisationSettings;
import org.silhouettes.core.state.StreamImage;
import org.silhouettes.linalg.Random64;

/** Horizontal and vertical bars, then diagonal ones. */
class GroupGrowthTest {

    private static final int WARM_UP = 200;
    private static final int BUFFERED_IMAGES = 120;
    private static final int BATCH = 8;
    private static final int CHANGE = 1_000;
    private static final int END = 2_000;
    private static final GroupGrowthSettings SETTINGS = new GroupGrowthSettings(0.2, BUFFERED_IMAGES, 32);

    /** The growth of a learner, batch by batch. */
    private static final class Growth {

        final List<Integer> groups = new ArrayList<>();
        long version;

        void learnDue(Learner learner) {
            learner.initialise(false)
                    .ifPresent(first -> groups.add(first.dictionary().shape().groups()));
            for (EncodedBatch batch = learner.encode(false); batch != null; batch = learner.encode(false)) {
                Dictionary before = learner.dictionary();
                int added = learner.learn(batch).newGroups();
                if (added > 0) {
                    Dictionary grown = learner.dictionary();
                    assertThat(grown.shape().groups()).isEqualTo(before.shape().groups() + added);
                    assertThat(grown).isNotSameAs(before);
                    assertThat(Arrays.copyOf(grown.atoms(), before.atoms().length))
                            .containsExactly(before.atoms());
                    groups.add(grown.shape().groups());
                    version = grown.version();
                }
            }
        }
    }

    @Test
    void aNewKindOfImagesGetsGroupsOfItsOwnAndTheOthersKeepTheirs() {
        for (long seed = 0; seed < 3; seed++) {
            try (TrainingStepCache engines = new TrainingStepCache(settings(0, SETTINGS, seed))) {
                Learner learner = new Learner(Bars.SHAPE, engines);
                Growth growth = new Growth();
                feed(learner, 0, CHANGE, seed, growth);
                assertThat(growth.groups).as("seed %d: known kinds", seed).hasSize(1);

                feed(learner, CHANGE, END, seed, growth);

                assertThat(growth.groups).as("seed %d", seed).hasSize(2);
                assertThat(growth.version * BATCH)
                        .as("seed %d: soon after the change", seed)
                        .isBetween((long) CHANGE + BUFFERED_IMAGES, CHANGE + BUFFERED_IMAGES + 512L);
                assertThat(learner.state().buffers().novel()).isEmpty();
                assertThat(learner.dictionary().version()).isEqualTo(END / BATCH);
            }
        }
    }

    @Test
    void restoredWhileImagesAreGatheredALearnerGoesOnAsIfNothingHadHappened() {
        try (TrainingStepCache engines = new TrainingStepCache(settings(0, SETTINGS, 0))) {
            Learner straight = new Learner(Bars.SHAPE, engines);
            feed(straight, 0, END, 0, new Growth());
            Learner interrupted = new Learner(Bars.SHAPE, engines);
            int collecting = 0;
            for (int i = 0; i < END; i++) {
                feed(interrupted, i, i + 1, 0, new Growth());
                collecting += interrupted.state().buffers().novel().isEmpty() ? 0 : 1;
                interrupted = new Learner(interrupted.state().copy(), engines);
            }

            assertThat(collecting).isGreaterThan(BUFFERED_IMAGES / 2);
            assertThat(interrupted.dictionary().sha256())
                    .isEqualTo(straight.dictionary().sha256());
        }
    }

    @Test
    void aFixedNumberOfGroupsIsKeptAndTheMostIsNeverExceeded() {
        GroupGrowthSettings off = new GroupGrowthSettings(1, BUFFERED_IMAGES, 32);
        GroupGrowthSettings full = new GroupGrowthSettings(0.2, BUFFERED_IMAGES, 1);
        for (LearnerSettings settings : List.of(settings(3, SETTINGS, 0), settings(0, off, 0), settings(0, full, 0))) {
            try (TrainingStepCache engines = new TrainingStepCache(settings)) {
                Growth growth = new Growth();
                feed(new Learner(Bars.SHAPE, engines), 0, END, 0, growth);
                assertThat(growth.groups).as("%s", settings).hasSize(1);
            }
        }
    }

    private static void feed(Learner learner, int from, int to, long seed, Growth growth) {
        for (int i = from; i < to; i++) {
            int kind = i < CHANGE ? i % 2 : 2;
            byte[] samples = Bars.samples(kind, new Random64(seed * END + i));
            learner.accept(new StreamImage(samples, null, "i" + i, true));
            growth.learnDue(learner);
        }
    }

    private static LearnerSettings settings(int groups, GroupGrowthSettings growth, long seed) {
        LearnerSettings defaults = LearnerSettings.DEFAULTS;
        OrganisationSettings organisation = OrganisationSettings.DEFAULTS;
        return new LearnerSettings(
                groups,
                4,
                EncoderSettings.PAPER.withLambda(0.5),
                defaults.update(),
                new InitialisationSettings(Initialisation.COMMUNITY, WARM_UP),
                new OrganisationSettings(
                        organisation.guidance(),
                        organisation.temperature(),
                        organisation.lambdaGrowth(),
                        organisation.resetAfter(),
                        growth),
                BATCH,
                seed);
    }
}
