package org.silhouettes.job.learn;

import org.apache.flink.util.FlinkRuntimeException;
import org.apache.flink.util.OutputTag;
import org.silhouettes.job.record.Rejection;
import org.silhouettes.wire.WireRecord;

/**
 * Runs the work of models. A model whose work fails, whatever the error, is dropped and stopped, see {@link StoppedModels}, and
 * the record is rejected: no record may fail the job. Failures outside of a model, in the output or the state backend, fail the
 * job as usual.
 */
final class ModelWork implements Emitter {

    private final Emitter out;
    private final ModelCache cache;
    private final ModelTrainingSteps steps;
    private final StoppedModels stopped;
    /** Whether code outside of the model runs; remains true if that code fails. */
    private boolean outside;

    /** Code outside of the model. */
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
     * Runs work of the current key's model.
     *
     * @param doing what is done, for the reason of a rejection
     * @throws Rejection if the work fails: the model is stopped
     */
    void run(CachedModel model, String doing, Runnable work) throws Exception {
        Throwable failure;
        outside = false;
        try {
            work.run();
            return;
        } catch (OutOfMemoryError | StackOverflowError e) {
            // frees memory for the rejection
            steps.close();
            failure = e;
        } catch (IllegalStateException e) {
            // caused by the machine, not by a record, such as a BLAS with wrong results
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

    /** Runs code outside of the model during its work. */
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
