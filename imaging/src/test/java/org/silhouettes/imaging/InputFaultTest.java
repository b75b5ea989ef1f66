package org.silhouettes.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InputFaultTest {

    @Test
    void anInputIsAnswerableForItsExceptionsAndItsMemory() {
        assertThat(InputFault.explains(new ArrayIndexOutOfBoundsException(3))).isTrue();
        assertThat(InputFault.explains(new StackOverflowError())).isTrue();
        assertThat(InputFault.explains(new OutOfMemoryError("Java heap space"))).isTrue();
        assertThat(InputFault.explains(new OutOfMemoryError("Requested array size exceeds VM limit")))
                .isTrue();
        assertThat(InputFault.explains(new OutOfMemoryError())).isTrue();
    }

    @Test
    void anInputIsNotAnswerableForTheProcess() {
        assertThat(InputFault.explains(new OutOfMemoryError("Metaspace"))).isFalse();
        assertThat(InputFault.explains(new OutOfMemoryError("Compressed class space")))
                .isFalse();
        assertThat(InputFault.explains(new OutOfMemoryError("unable to create native thread")))
                .isFalse();
        assertThat(InputFault.explains(new NoClassDefFoundError("javax/imageio/ImageIO")))
                .isFalse();
        assertThat(InputFault.explains(new UnsatisfiedLinkError("libjavajpeg.so")))
                .isFalse();
        assertThat(InputFault.explains(new AssertionError())).isFalse();
        assertThat(InputFault.explains(new InterruptedException())).isFalse();
    }

    @Test
    void theTextSaysWhatHappened() {
        assertThat(InputFault.text(new OutOfMemoryError("Java heap space"))).contains("not enough memory");
        assertThat(InputFault.text(new IllegalStateException())).isEqualTo("IllegalStateException");
        assertThat(InputFault.text(new IllegalStateException("odd"))).isEqualTo("IllegalStateException: odd");
    }
}
