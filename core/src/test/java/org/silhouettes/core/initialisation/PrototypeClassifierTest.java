package org.silhouettes.core.initialisation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.silhouettes.core.state.Prototypes;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.linalg.Random64;

class PrototypeClassifierTest {

    private static final ImageShape SHAPE = Bars.SHAPE;
    private static final int COUNT = 90;

    @AutoClose
    private static final PrototypeScratch SCRATCH = new PrototypeScratch(SHAPE, 3, COUNT);

    @Test
    void imagesAreLedToTheCommunityWhosePrototypeIsNearest() {
        for (long seed = 0; seed < 5; seed++) {
            PrototypeClassifier guide = classifier(seed);
            Rows fresh = bars(COUNT, new Random64(seed + 100));
            int[] targets = new int[COUNT];

            guide.targets(fresh.values(), COUNT, targets, SCRATCH);

            int led = 0;
            for (int i = 0; i < COUNT; i++) {
                assertThat(targets[i]).as("seed %d, image %d", seed, i).isIn(PrototypeClassifier.NONE, i % 3);
                led += targets[i] == i % 3 ? 1 : 0;
            }
            assertThat(led).as("seed %d", seed).isGreaterThan(COUNT / 2);
        }
    }

    @Test
    void imageThatIsLikeNoneIsLedNowhere() {
        int[] targets = new int[1];

        classifier(1).targets(Noise.gaussian(1, 100, new Random64(5)).values(), 1, targets, SCRATCH);

        assertThat(targets[0]).isEqualTo(PrototypeClassifier.NONE);
    }

    @Test
    void restoredGuideSaysTheSame() {
        PrototypeClassifier guide = classifier(2);
        PrototypeClassifier restored = new PrototypeClassifier(SHAPE, 3, guide.prototypes());
        Rows fresh = bars(COUNT, new Random64(7));
        int[] expected = new int[COUNT];
        int[] targets = new int[COUNT];

        guide.targets(fresh.values(), COUNT, expected, SCRATCH);
        restored.targets(fresh.values(), COUNT, targets, SCRATCH);

        assertThat(targets).isEqualTo(expected);
    }

    @Test
    void valuesOfAnotherShapeAreRefused() {
        Prototypes prototypes = classifier(3).prototypes();

        assertThatThrownBy(() -> new PrototypeClassifier(new ImageShape(4, 4, 1), 3, prototypes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("prototypes of " + prototypes.values().length
                        + " values do not fit 3 groups of images of 4x4x1");
    }

    private static PrototypeClassifier classifier(long seed) {
        Random64 random = new Random64(seed);
        Rows descriptors =
                new GradientDescriptor(SHAPE).describe(bars(COUNT, random)).unit();
        int[] parts = new int[COUNT];
        for (int i = 0; i < COUNT; i++) {
            parts[i] = i % 3;
        }
        return PrototypeClassifier.of(SHAPE, descriptors, Partition.members(parts, 3), random);
    }

    /** A bar of each kind in turn. */
    private static Rows bars(int count, Random64 random) {
        return Bars.rows(count, 0, 3, random);
    }
}
