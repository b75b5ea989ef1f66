package org.silhouettes.job.stream;

import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.silhouettes.wire.WireRecord;
import org.silhouettes.wire.message.DictionaryAssembler;
import org.silhouettes.wire.message.DictionaryMessage;
import org.silhouettes.wire.message.ModelVersion;

/**
 * Assembles models from the records of their groups. Runs in the chain of the learning operator, which emits the records of
 * one version one after the other, groups in order and the mean image last: no barrier lies between them, so nothing of it is
 * state.
 */
final class ModelAssembler extends ProcessFunction<WireRecord, LearnedModel> {

    private static final long serialVersionUID = 1L;

    private transient DictionaryAssembler assembler;

    @Override
    public void processElement(WireRecord record, Context context, Collector<LearnedModel> out) {
        if (assembler == null) {
            assembler = new DictionaryAssembler();
        }
        // a record without a value: the model was deleted
        if (record.value() != null) {
            assembler
                    .add(DictionaryMessage.decode(record), null, 0)
                    .ifPresent(complete -> out.collect(model(complete)));
        }
    }

    private static LearnedModel model(DictionaryAssembler.Assembled complete) {
        ModelVersion of = complete.of().of();
        return new LearnedModel(
                of.model(),
                of.run(),
                of.version(),
                complete.groupSize(),
                complete.image().height(),
                complete.image().width(),
                complete.atoms(),
                complete.mean());
    }
}
