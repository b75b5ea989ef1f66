package org.silhouettes.dashboards.history;

import org.silhouettes.wire.RecordPosition;
import org.silhouettes.wire.message.DictionaryMessage;

/** One record of the {@code dictionaries} topic, where it lies, and its time. */
public record DictionaryPart(DictionaryMessage message, RecordPosition position, long atMillis) {

    String model() {
        return message.of().of().model();
    }

    String run() {
        return message.of().of().run();
    }
}
