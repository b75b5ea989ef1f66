package org.silhouettes.core.organisation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.encoder.Encoding;
import org.silhouettes.core.state.TrainingState;
import org.silhouettes.imaging.ImageShape;

class DeadAtomResetTest {

    private static final DictionaryShape SHAPE = new DictionaryShape(2, 2, new ImageShape(1, 4, 1));
    private static final int AFTER = 3;

    private final Dictionary dictionary =
            new Dictionary(SHAPE, new float[] {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1}, 0);
    private final TrainingState state = new TrainingState();
    private final float[] images = {3, 0, 4, 0, 0, 1, 0, 0, 0, 6, 0, 8, 1, 0, 0, 0};
    private final Encoding codes = Encoding.zeros(dictionary, images, 4);

    @Test
    void idleAtomBecomesTheWorstImageOfItsGroup() {
        // image 2 is worse, but belongs to the other group
        use(0, 0, 1);
        use(2, 2, 1);
        use(2, 3, 1);
        errors(2, 1, 9, 0);

        apply(AFTER - 1);
        assertThat(atom(1)).containsExactly(0, 1, 0, 0);
        apply(1);

        assertThat(atom(1)).containsExactly(0.6f, 0, 0.8f, 0);
        assertThat(atom(0)).containsExactly(1, 0, 0, 0);
        assertThat(state.usage().resetAtoms()).isEqualTo(1);
        assertThat(state.usage().resetGroups()).isZero();
    }

    @Test
    void idleAtomOfAGroupThatNoImageNeedsMostWaits() {
        use(0, 0, 1);
        use(0, 2, 5);
        errors(2, 1, 9, 0);

        apply(2 * AFTER - 1);

        assertThat(atom(1)).containsExactly(0, 1, 0, 0);
        assertThat(state.usage().resetAtoms()).isEqualTo(1);
        assertThat(atom(3)).as("the idle atom of the strongest group").isNotEqualTo(new float[] {0, 0, 0, 1});
    }

    @Test
    void idleGroupIsMadeOfTheWorstImages() {
        use(1, 0, 1);
        use(1, 1, 1);
        errors(5, 1, 9, 0);

        apply(AFTER);

        assertThat(atom(2)).containsExactly(0, 0.6f, 0, 0.8f);
        assertThat(atom(3)).containsExactly(0.6f, 0, 0.8f, 0);
        assertThat(state.usage().resetGroups()).isEqualTo(1);
        assertThat(state.usage().resetAtoms()).isZero();
    }

    @Test
    void atomInUseIsLeftAlone() {
        for (int k = 0; k < 4; k++) {
            use(k, k, 1);
        }
        errors(5, 1, 9, 0);
        float[] before = dictionary.atoms().clone();

        apply(5 * AFTER);

        assertThat(dictionary.atoms()).isEqualTo(before);
    }

    @Test
    void withoutErrorsNothingIsReset() {
        float[] before = dictionary.atoms().clone();
        Arrays.fill(images, 0);

        apply(5 * AFTER);

        assertThat(dictionary.atoms()).isEqualTo(before);
    }

    @Test
    void whatTheUpdateRemembersOfAResetAtomIsCleared() {
        state.adam().ensure(16);
        state.alternating().ensure(4, 4);
        for (float[] remembered : List.of(
                state.adam().first(),
                state.adam().second(),
                state.alternating().a(),
                state.alternating().b())) {
            Arrays.fill(remembered, 7);
        }
        use(0, 0, 1);
        use(2, 2, 1);
        use(2, 3, 1);
        errors(2, 1, 9, 0);

        apply(AFTER);

        assertThat(state.adam().first()).containsExactly(7, 7, 7, 7, 0, 0, 0, 0, 7, 7, 7, 7, 7, 7, 7, 7);
        assertThat(state.alternating().b()).containsExactly(7, 7, 7, 7, 0, 0, 0, 0, 7, 7, 7, 7, 7, 7, 7, 7);
        assertThat(state.alternating().a()).containsExactly(7, 0, 7, 7, 0, 0, 0, 0, 7, 0, 7, 7, 7, 0, 7, 7);
    }

    private void apply(int times) {
        for (int i = 0; i < times; i++) {
            new DeadAtomReset(SHAPE, AFTER).apply(codes, state);
        }
    }

    private void use(int image, int atom, float value) {
        codes.codes()[image * 4 + atom] = value;
        codes.groupNorms()[image * 2 + atom / 2] = Math.max(codes.groupNorms()[image * 2 + atom / 2], value);
    }

    private void errors(float... errors) {
        System.arraycopy(errors, 0, codes.squaredErrors(), 0, 4);
    }

    private float[] atom(int k) {
        return Arrays.copyOfRange(dictionary.atoms(), 4 * k, 4 * k + 4);
    }
}
