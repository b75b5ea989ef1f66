package org.silhouettes.imaging;

import java.util.stream.Stream;

/** Distinguishes what an input can cause in a decoder from faults of the process, which rejecting the input would hide. */
public final class InputFault {

    private InputFault() {}

    /**
     * Whether the input is answerable for what its decoder threw: any {@link RuntimeException}, a heap too small for it, or a
     * stack too small for it. Not the input's fault are linkage errors (the installation: they meet every input), an ended
     * thread, a failed assertion, and memory that is not the heap's: class metadata and threads.
     */
    public static boolean explains(Throwable thrown) {
        if (thrown instanceof OutOfMemoryError) {
            String message = String.valueOf(thrown.getMessage());
            return Stream.of("Metaspace", "class space", "native thread").noneMatch(message::contains);
        }
        return thrown instanceof RuntimeException || thrown instanceof StackOverflowError;
    }

    /** What was thrown, in a few words for the reason of a rejection. */
    public static String text(Throwable thrown) {
        if (thrown instanceof OutOfMemoryError) {
            return "there is not enough memory to decode it (" + thrown.getMessage() + ")";
        }
        String message = thrown.getMessage();
        return thrown.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    }
}
