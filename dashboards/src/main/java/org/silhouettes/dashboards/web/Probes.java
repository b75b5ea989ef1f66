package org.silhouettes.dashboards.web;

import java.util.function.Function;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.encoder.EncoderSettings;
import org.silhouettes.dashboards.history.ModelHistory;
import org.silhouettes.dashboards.history.QuantisedDictionary;
import org.silhouettes.dashboards.history.Snapshot;
import org.silhouettes.dashboards.probe.Encoders;
import org.silhouettes.dashboards.probe.Probe;

/** Encoders of the versions shown, one at work at a time: however many ask, encoding takes one core. Thread-safe. */
final class Probes {

    private final ModelRoutes routes;

    Probes(ModelRoutes routes) {
        this.routes = routes;
    }

    /** What a task makes with that version's encoder. */
    synchronized <T> T use(ModelHistory model, Snapshot snapshot, Function<Probe, T> task) {
        QuantisedDictionary quantised = routes.quantised(model, snapshot);
        Dictionary dictionary = new Dictionary(snapshot.shape(), quantised.atoms(), snapshot.version());
        // rounding to 8 bits moved the norms off 1 by a thousandth
        dictionary.normaliseInPlace();
        EncoderSettings settings = Encoders.of(model.settings());
        try (Probe probe = new Probe(dictionary, quantised.mean(), settings)) {
            return task.apply(probe);
        }
    }
}
