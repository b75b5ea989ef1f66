package org.silhouettes.producers.fetch;

import java.io.IOException;
import java.util.List;

/** A data set is neither on this machine nor to be fetched; the message lists all that was tried. */
public final class DataUnavailableException extends IOException {

    /**
     * @param tried one line for every place, with what went wrong there
     * @param remedy what the user can do
     */
    public DataUnavailableException(String dataset, List<String> tried, String remedy) {
        super(dataset + " is not available. Tried:\n  " + String.join("\n  ", tried) + "\n" + remedy);
    }
}
