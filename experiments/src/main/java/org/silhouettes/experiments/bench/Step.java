package org.silhouettes.experiments.bench;

import java.util.Locale;
import org.silhouettes.core.update.UpdateRule;

/** What is timed: the encoding of a mini-batch, or its encoding and one update of the dictionary. */
public enum Step {
    ENCODE(UpdateRule.DECODER),
    BACKPROP(UpdateRule.BACKPROP),
    DECODER(UpdateRule.DECODER),
    ALTERNATING(UpdateRule.ALTERNATING);

    private final UpdateRule rule;

    Step(UpdateRule rule) {
        this.rule = rule;
    }

    UpdateRule rule() {
        return rule;
    }

    /** Its name in reports, such as {@code encode}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
