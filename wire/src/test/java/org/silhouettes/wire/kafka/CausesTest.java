package org.silhouettes.wire.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CausesTest {

    @Test
    void theChainBeginsWithTheFailureAndEndsWithItsRoot() {
        IOException root = new IOException("disk");
        IllegalStateException middle = new IllegalStateException(root);
        RuntimeException failure = new RuntimeException(middle);

        assertThat(Causes.of(failure)).containsExactly(failure, middle, root);
        assertThat(Causes.root(failure)).isSameAs(root);
        assertThat(Causes.root(root)).isSameAs(root);
        assertThat(Causes.find(failure, IOException.class)).containsSame(root);
        assertThat(Causes.find(failure, InterruptedException.class)).isEmpty();
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void aCircleOfCausesEnds() {
        RuntimeException first = new RuntimeException("first");
        RuntimeException second = new RuntimeException("second", first);
        first.initCause(second);

        assertThat(Causes.of(first)).containsExactly(first, second);
        assertThat(Causes.root(first)).isSameAs(second);
    }
}
