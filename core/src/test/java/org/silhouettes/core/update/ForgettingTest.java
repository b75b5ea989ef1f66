package org.silhouettes.core.update;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.encoder.Encoding;
import org.silhouettes.imaging.ImageShape;

class ForgettingTest {

    @Test
    void statisticsOfUsedGroupsDecayAndOfInactiveOnesStay() {
        DictionaryShape shape = new DictionaryShape(2, 1, new ImageShape(1, 2, 1));
        UpdateSettings settings = new UpdateSettings(UpdateRule.ALTERNATING, 1e-3, .9, .999, 1e-8, 0, 0, 0.9);
        Dictionary dictionary = new Dictionary(shape, new float[shape.size()], 0);
        Encoding codes = Encoding.zeros(dictionary, new float[2], 1);
        codes.groupNorms()[0] = 3;
        float[] a = {1, 1, 1, 1};
        float[] b = {1, 1, 1, 1};
        new Forgetting(shape, settings).decay(1, a, b, codes);
        // group 0 is used twice the mean: it keeps 1 − 0.1 · 2
        assertThat(a).containsExactly(new float[] {0.8f, 0.894427f, 0.894427f, 1}, Offset.offset(1e-5f));
        assertThat(b).containsExactly(new float[] {0.8f, 0.8f, 1, 1}, Offset.offset(1e-5f));
    }

    @Test
    void forgettingFollowsItsScheduleOrItsConstant() {
        UpdateSettings schedule = new UpdateSettings(UpdateRule.ALTERNATING, 1e-3, .9, .999, 1e-8, 2, 0);
        assertThat(Forgetting.factor(schedule, 1)).isZero();
        assertThat(Forgetting.factor(schedule, 10)).isCloseTo(0.81, Offset.offset(1e-12));
        UpdateSettings constant = new UpdateSettings(UpdateRule.ALTERNATING, 1e-3, .9, .999, 1e-8, 2, 0.99);
        assertThat(Forgetting.factor(constant, 1)).isEqualTo(0.99);
    }
}
