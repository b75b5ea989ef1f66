package org.silhouettes.core.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.silhouettes.core.learner.RandomProblem.ENCODER;
import static org.silhouettes.core.learner.RandomProblem.dictionary;
import static org.silhouettes.core.learner.RandomProblem.engine;
import static org.silhouettes.core.learner.RandomProblem.images;
import static org.silhouettes.core.learner.RandomProblem.step;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.state.TrainingState;
import org.silhouettes.core.update.UpdateRule;

/**
 * What a step leaves for the garbage collector. Runs in a JVM of its own, whose models have one shape, as an engine's mostly
 * have: where one JVM encodes in groups of less than 16 atoms and of more, as the other tests' does, both ways of a layer are compiled
 * together, which can exceed what HotSpot takes into one method (its NodeCountInliningCutoff). The sum over a vector's lanes
 * is then left as a call now and then, and its argument becomes an object.
 */
class AllocationTest {

    @ParameterizedTest
    @EnumSource(UpdateRule.class)
    void stepsAllocateNothingOnceWarm(UpdateRule rule) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (TrainingStep engine = engine(ENCODER, rule)) {
            Dictionary dictionary = dictionary(8);
            TrainingState state = new TrainingState();
            float[] images = images(8);
            long id = Thread.currentThread().getId();
            int steps = 100;
            long perStep = Long.MAX_VALUE;
            // vectors are objects until HotSpot has compiled what uses them
            for (int round = 0; round < 200 && perStep >= 8; round++) {
                long before = threads.getThreadAllocatedBytes(id);
                for (int i = 0; i < steps; i++) {
                    step(engine, dictionary, state, images);
                }
                perStep = (threads.getThreadAllocatedBytes(id) - before) / steps;
            }
            // the smallest object takes 16
            assertThat(perStep).as("bytes a step").isLessThan(8);
        }
    }
}
