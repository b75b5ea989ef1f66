package org.silhouettes.core.learner;

import java.util.HashMap;
import java.util.Map;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.encoder.CodeBatch;
import org.silhouettes.core.initialisation.GuideScratch;

/** Engines and code buffers of one thread, one for each dictionary shape, shared by all models of that shape. */
public final class EngineCache implements AutoCloseable {

    /** An engine and the buffers that go with it. */
    @SuppressWarnings("ArrayRecordComponent")
    record Workspace(
            LearningEngine engine,
            CodeBatch codes,
            float[] centred,
            float[] raw,
            int[] targets,
            GuideScratch guideScratch) {}

    private final LearnerSettings settings;
    private final Map<DictionaryShape, Workspace> workspaces = new HashMap<>();

    public EngineCache(LearnerSettings settings) {
        this.settings = settings;
    }

    public LearnerSettings settings() {
        return settings;
    }

    Workspace workspace(DictionaryShape shape) {
        return workspaces.computeIfAbsent(
                shape,
                s -> new Workspace(
                        new LearningEngine(
                                s, settings.encoder(), settings.update(), settings.organisation(), settings.batch()),
                        new CodeBatch(s, settings.batch()),
                        new float[settings.batch() * s.values()],
                        new float[settings.batch() * s.values()],
                        new int[settings.batch()],
                        new GuideScratch(s.image(), s.groups(), settings.batch())));
    }

    @Override
    public void close() {
        workspaces.values().forEach(w -> {
            w.engine().close();
            w.guideScratch().close();
        });
        workspaces.clear();
    }
}
