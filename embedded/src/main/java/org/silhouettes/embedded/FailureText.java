package org.silhouettes.embedded;

import java.util.Optional;
import org.silhouettes.wire.kafka.Causes;
import org.silhouettes.wire.kafka.KafkaFailure;

/** The message that explains to a user why a job failed. */
final class FailureText {

    private static final String OURS = "org.silhouettes.";

    private FailureText() {}

    /** The root cause in one line: its message alone where this project wrote it, else with the kind of error. */
    static String of(Throwable failure) {
        Optional<String> refusal = KafkaFailure.refusal(failure, "Kafka");
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Throwable root = Causes.root(failure);
        String message = root.getMessage();
        boolean ours = root.getClass().getName().startsWith(OURS) || root instanceof IllegalStateException;
        String text = message == null || message.isBlank()
                ? root.getClass().getSimpleName()
                : ours ? message : root.getClass().getSimpleName() + ": " + message;
        return text.lines().findFirst().orElse(text);
    }
}
