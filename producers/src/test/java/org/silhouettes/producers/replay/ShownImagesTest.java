package org.silhouettes.producers.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.silhouettes.producers.dataset.ImageSource;

class ShownImagesTest {

    private static final ImageSource SOURCE = new NumberedSource(9);

    @Test
    void theImagesOfSomeClassesComeInTheOrderOfTheSource() throws Exception {
        ShownImages shown = new ShownImages(SOURCE, List.of("c", "a"), List.of(), 0);
        assertThat(shown.size()).isEqualTo(6);
        for (int i = 0; i < 6; i++) {
            int expected = List.of(0, 2, 3, 5, 6, 8).get(i);
            assertThat(NumberedSource.number(shown.image(i).samples())).isEqualTo(expected);
            assertThat(shown.classOf(i)).isEqualTo(expected % 3);
            assertThat(shown.image(i).id()).isEqualTo("numbered/" + expected);
        }
    }

    @Test
    void theyAreTransformedOneTransformAfterTheOtherAndAlwaysAlike() throws Exception {
        ShownImages inverted =
                new ShownImages(SOURCE, List.of(), List.of(new Transform.Invert(), new Transform.Rotate(180)), 0);
        assertThat(inverted.image(7).samples()).containsExactly(~7, ~0);
        List<Transform> noise = List.of(new Transform.Noise(0.2));
        byte[] first = new ShownImages(SOURCE, List.of(), noise, 1).image(3).samples();
        assertThat(new ShownImages(SOURCE, List.of(), noise, 1).image(3).samples())
                .isEqualTo(first);
        assertThat(new ShownImages(SOURCE, List.of(), noise, 2).image(3).samples())
                .isNotEqualTo(first);
    }

    @Test
    void aClassThatTheSourceDoesNotHaveIsNamed() {
        assertThatThrownBy(() -> new ShownImages(SOURCE, List.of("z"), List.of(), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"z\"");
    }

    @Test
    void replayedImagesAreWhatTheReplaySends() throws Exception {
        ReplayOptions options = ReplayOptions.builder()
                .models("m")
                .plan(DriftPlan.parse("classes=a,b images=7 noise=0.1; classes=c images=5 gradual=4 invert; repeat=2"))
                .build();
        MockProducer<byte[], byte[]> producer =
                new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
        new Replay(SOURCE, options, producer, Progress.silent()).run();
        ReplayedImages images = new ReplayedImages(SOURCE, options);
        assertThat(producer.history()).hasSize(24);
        for (int position = 0; position < 24; position++) {
            assertThat(images.image(position).samples())
                    .as("position %s", position)
                    .isEqualTo(producer.history().get(position).value());
        }
    }
}
