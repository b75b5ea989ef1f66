package org.silhouettes.job.learn;

import org.apache.flink.util.FlinkRuntimeException;
import org.apache.flink.util.OutputTag;
import org.silhouettes.job.record.Rejection;
import org.silhouettes.wire.WireRecord;

/**
 * Lets models work. A model that fails at a record, whatever the error, is dropped and stopped, see {@link StoppedModels}, and
 * the record is rejected: no record may stop the job. What is no model's work fails the job as ever: handing records on, and
 * the state backend.
 */
final class ModelWork implements Emitter {

    private final Emitter out;
    private final ModelCache cache;
    private final ModelTrainingSteps steps;
    private final StoppedModels stopped;
    /** Whether something is under way that is no model's work; stays where that failed. */
    private boolean outside;

    /** What is not a model's own. */
    interface Outside {
        void run() throws Exception;
    }

    ModelWork(Emitter out, ModelCache cache, ModelTrainingSteps steps, StoppedModels stopped) {
        this.out = out;
        this.cache = cache;
        this.steps = steps;
        this.stopped = stopped;
    }

    /**
     * Lets the model of the current key work.
     *
     * @param doing at what, for the reason
     * @throws Rejection where the model failed and is stopped
     */
    void run(CachedModel model, String doing, Runnable work) throws Exception {
        Throwable failure;
        outside = false;
        try {
            work.run();
            return;
        } catch (OutOfMemoryError | StackOverflowError e) {
            // so that there is memory to say so
            steps.close();
            failure = e;
        } catch (IllegalStateException e) {
            // not by a record: of this machine, such as a BLAS that multiplies wrongly
            throw e;
        } catch (RuntimeException e) {
            if (outside) {
                throw e;
            }
            failure = e;
        }
        cache.remove(model);
        throw stopped.stop(model.name(), doing, failure);
    }

    @Override
    public void emit(OutputTag<WireRecord> tag, WireRecord record) {
        outside = true;
        out.emit(tag, record);
        outside = false;
    }

    /** Does what a model's work asks for and what is not its own. */
    void outside(Outside other) {
        outside = true;
        try {
            other.run();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new FlinkRuntimeException("could not write a model to make room for another", e);
        }
        outside = false;
    }
}
