package org.silhouettes.job.kafka;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class TopicGuardTest {

    @Test
    void sameTopicGoesOn() {
        assertThatCode(() -> TopicGuard.requireSame("images a1", "images a1")).doesNotThrowAnyException();
    }

    @Test
    void jobMayBePointedToAnotherTopic() {
        assertThatCode(() -> TopicGuard.requireSame("images a1", "images2 b2")).doesNotThrowAnyException();
        assertThatCode(() -> TopicGuard.requireSame("images2 b2", "images a1")).doesNotThrowAnyException();
    }

    @Test
    void topicThatWasCreatedAgainIsRefusedWithBothIdsAndTheRemedy() {
        assertThatThrownBy(() -> TopicGuard.requireSame("images a1", "images b2"))
                .hasMessage(
                        "topic \"images\" was deleted and created again (its id was a1, it is b2), so the offsets to"
                                + " continue from mean nothing in it: start the job without its checkpoint to learn from the new"
                                + " topic anew, or send the images to a topic of another name and set topics.images");
    }

    @Test
    void consumerNeverResetsItsPositionByItself() {
        Assertions.assertThat(new EarliestThenExact().getAutoOffsetResetStrategy())
                .isEqualTo(OffsetResetStrategy.NONE);
    }
}
