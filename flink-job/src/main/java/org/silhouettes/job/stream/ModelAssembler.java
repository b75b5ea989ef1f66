package org.silhouettes.job.stream;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.silhouettes.wire.Headers;
import org.silhouettes.wire.Npy;
import org.silhouettes.wire.RecordHeaders;
import org.silhouettes.wire.WireRecord;

/**
 * Assembles models from the records of their groups. Runs in the chain of the learning operator, which emits the records of
 * one version one after the other, groups in order and the mean image last: no barrier lies between them, so nothing of it is
 * state.
 */
final class ModelAssembler extends ProcessFunction<WireRecord, LearnedModel> {

    private static final long serialVersionUID = 1L;

    private transient List<Npy.Array> groups;

    @Override
    public void processElement(WireRecord record, Context context, Collector<LearnedModel> out) {
        if (groups == null || record.value() == null) {
            groups = new ArrayList<>();
        }
        if (record.value() == null) {
            // the model was deleted
            return;
        }
        RecordHeaders headers = record.headers();
        Npy.Array array = Npy.decode(record.value());
        if (!Headers.MEAN.equals(headers.text(Headers.GROUP))) {
            groups.add(array);
            return;
        }
        int values = array.values().length;
        int groupSize = groups.get(0).shape()[0];
        float[] atoms = new float[groups.size() * groupSize * values];
        int at = 0;
        for (Npy.Array group : groups) {
            for (double value : group.values()) {
                atoms[at++] = (float) value;
            }
        }
        groups.clear();
        out.collect(new LearnedModel(
                headers.text(Headers.MODEL),
                headers.text(Headers.RUN),
                Long.parseLong(headers.text(Headers.VERSION)),
                groupSize,
                array.shape()[0],
                array.shape()[1],
                atoms,
                array.floats()));
    }
}
