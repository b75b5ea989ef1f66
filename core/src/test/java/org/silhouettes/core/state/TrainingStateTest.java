package org.silhouettes.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.imaging.ImageShape;

class TrainingStateTest {

    private static final ImageShape IMAGE = new ImageShape(1, 3, 1);
    private static final DictionaryShape ONE = new DictionaryShape(1, 2, IMAGE);
    private static final DictionaryShape TWO = new DictionaryShape(2, 2, IMAGE);

    @Test
    void everyFieldSurvivesBytes() throws IOException {
        TrainingState state = filled();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        TrainingStateMapper.write(state, new DataOutputStream(bytes));
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));

        assertThat(TrainingStateMapper.read(in)).usingRecursiveComparison().isEqualTo(state);
        assertThat(in.read()).as("bytes left over").isEqualTo(-1);
    }

    @Test
    void resetClearsEveryNumberOfTheAtomAndNoOther() {
        TrainingState state = filled();

        state.resetAtom(1, ONE);

        assertThat(state.adam().first()).containsExactly(7, 7, 7, 0, 0, 0);
        assertThat(state.adam().second()).containsExactly(7, 7, 7, 0, 0, 0);
        assertThat(state.alternating().a()).containsExactly(7, 0, 0, 0);
        assertThat(state.alternating().b()).containsExactly(7, 7, 7, 0, 0, 0);
        assertThat(state.usage().idle()).containsExactly(7, 0);
    }

    @Test
    void growthKeepsWhatIsRememberedAndStartsNewAtomsAtZero() {
        TrainingState state = filled();

        state.grow(ONE, TWO);

        assertThat(state.adam().first()).containsExactly(7, 7, 7, 7, 7, 7, 0, 0, 0, 0, 0, 0);
        assertThat(state.adam().second()).hasSize(12);
        assertThat(state.alternating().a()).containsExactly(7, 7, 0, 0, 7, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        assertThat(state.alternating().b()).hasSize(12).endsWith(0, 0, 0, 0, 0, 0);
        assertThat(state.usage().idle()).containsExactly(7, 7, 0, 0);
        assertThat(state.lipschitz().vector()).containsExactly(0, 0, 0, 0);
        assertThat(state.steps()).isEqualTo(3);
    }

    @Test
    void growthOfPartsThatAreNotUsedLeavesThemEmpty() {
        TrainingState state = new TrainingState();

        state.grow(ONE, TWO);

        assertThat(state.adam().first()).isEmpty();
        assertThat(state.alternating().a()).isEmpty();
        assertThat(state.usage().idle()).isEmpty();
    }

    @Test
    void bytesCountEveryArray() {
        // 6 + 6 of Adam, 4 + 6 of the statistics, 2 of the vector, 2 of the counters, 3 of the prototypes
        assertThat(filled().bytes()).isEqualTo(4 * 29);
    }

    private static TrainingState filled() {
        return new TrainingState(
                        new AdamMoments(sevens(6), sevens(6)),
                        new AlternatingStatistics(sevens(4), sevens(6)),
                        new LipschitzEstimate(1.5f, 42L << 33, true, sevens(2)),
                        new LambdaState(0.25f, 0.5f),
                        new UsageCounters(new int[] {7, 7}, 1L << 40, 9),
                        new NoveltyState(0.125f),
                        new PrototypeState(new Prototypes(sevens(3), 0.75f), 2, 3))
                .counts(3, 4);
    }

    private static float[] sevens(int length) {
        float[] sevens = new float[length];
        Arrays.fill(sevens, 7);
        return sevens;
    }
}
