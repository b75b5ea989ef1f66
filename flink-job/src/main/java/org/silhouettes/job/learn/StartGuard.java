package org.silhouettes.job.learn;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fails the job before it learns a model from nothing that the output topics already contain. The models are read once, when the
 * job starts without state, and kept in operator state: after a restore, versions in the topics are the job's own. Output of an
 * attempt that failed before its first checkpoint was never committed, so it is not found.
 */
final class StartGuard {

    private static final Logger LOG = LoggerFactory.getLogger(StartGuard.class);

    /** Newest version by model, for models of this subtask that must not be created. */
    private final Map<String, Long> refused = new HashMap<>();

    private final ListState<String> stored;
    private final String topic;

    private StartGuard(ListState<String> stored, String topic) {
        this.stored = stored;
        this.topic = topic;
    }

    /** Reads the topics if the job starts without state, else the operator state. */
    static StartGuard open(StateInitializationContext context, TopicHistory topics, TaskInfo task) throws Exception {
        Predicate<String> mine = model -> KeyGroupRangeAssignment.assignKeyToParallelOperator(
                        model, task.getMaxNumberOfParallelSubtasks(), task.getNumberOfParallelSubtasks())
                == task.getIndexOfThisSubtask();
        // union: after a change of parallelism each subtask finds its own models
        ListState<String> stored = context.getOperatorStateStore()
                .getUnionListState(new ListStateDescriptor<>("models-not-to-create", Types.STRING));
        StartGuard guard = new StartGuard(stored, topics.versionsTopic());
        if (!topics.allowsStartFromNothing()) {
            if (context.isRestored()) {
                guard.restore(mine);
            } else {
                guard.refused.putAll(topics.newestVersions(mine));
            }
        }
        guard.store();
        if (!guard.refused.isEmpty()) {
            LOG.info("topic {} holds versions of {} models", guard.topic, guard.refused.size());
        }
        return guard;
    }

    private void restore(Predicate<String> mine) throws Exception {
        for (String entry : stored.get()) {
            int space = entry.indexOf(' ');
            String model = entry.substring(space + 1);
            if (mine.test(model)) {
                refused.put(model, Long.valueOf(entry.substring(0, space)));
            }
        }
    }

    private void store() throws Exception {
        List<String> entries = new ArrayList<>(refused.size());
        refused.forEach((model, version) -> entries.add(version + " " + model));
        stored.update(entries);
    }

    /** The checkpoint that the job should have been restored from, if known. */
    interface Hint {
        Optional<String> newestCheckpoint();
    }

    /**
     * Checks that a model may be learned from nothing.
     *
     * @throws SuppressRestartsException if the topics contain it; the job is not restarted
     */
    void requireNew(String model, Hint hint) {
        Long version = refused.get(model);
        if (version != null) {
            throw new SuppressRestartsException(new IllegalStateException(message(model, version, hint)));
        }
    }

    private String message(String model, long version, Hint hint) {
        String restore = hint.newestCheckpoint()
                .map(path -> "from " + path + ", the newest checkpoint in this job's checkpoint folder (job --restore "
                        + path + ", or flink run --fromSavepoint " + path + ")")
                .orElse("from a checkpoint or savepoint (job --restore PATH, or flink run --fromSavepoint PATH; this"
                        + " job's checkpoint folder holds none)");
        return "the job has started without state, but topic \"" + topic + "\" already holds versions of model \""
                + model
                + "\", the newest is version " + version + ": start the job " + restore
                + "; or with start.from-nothing=allow, to learn the model again as a new run; or with other topic names"
                + " (topics.*); or delete the model's records from topic \"" + topic + "\" first";
    }
}
