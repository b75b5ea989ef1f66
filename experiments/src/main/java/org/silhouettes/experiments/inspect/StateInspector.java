package org.silhouettes.experiments.inspect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.state.api.OperatorIdentifier;
import org.apache.flink.state.api.SavepointReader;
import org.apache.flink.state.api.functions.KeyedStateReaderFunction;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.Collector;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.state.LearnerState;
import org.silhouettes.job.Operators;
import org.silhouettes.job.learn.ModelState;
import org.silhouettes.job.learn.StoredModels;
import org.silhouettes.wire.Npz;

/** Reads the models of a savepoint or a retained checkpoint, through Flink's State Processor API. */
public final class StateInspector {

    private final String path;

    /** @param path folder of a savepoint or checkpoint, as a path or URI */
    public StateInspector(String path) {
        this.path = path;
    }

    /** All models in the order of their names. */
    public List<ModelRow> models() throws Exception {
        List<ModelRow> rows = read(new Rows(), Types.POJO(ModelRow.class));
        rows.sort(Comparator.comparing(row -> row.name));
        return rows;
    }

    /**
     * The dictionary and mean image of one model as the bytes of an {@code .npz} file.
     *
     * @return empty where there is no such model, or it has no dictionary yet
     */
    public Optional<byte[]> export(String model) throws Exception {
        return read(new Export(model), PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO).stream()
                .filter(npz -> npz.length > 0)
                .findFirst();
    }

    private <T> List<T> read(KeyedStateReaderFunction<String, T> function, TypeInformation<T> type) throws Exception {
        Configuration flink = new Configuration();
        flink.set(PipelineOptions.GENERIC_TYPES, false);
        try (StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1, flink)) {
            SavepointReader reader = SavepointReader.read(env, path, new EmbeddedRocksDBStateBackend(true));
            List<T> all = new ArrayList<>();
            try (CloseableIterator<T> results = reader.readKeyedState(
                            OperatorIdentifier.forUid(Operators.LEARN.uid()), function, Types.STRING, type)
                    .executeAndCollect()) {
                results.forEachRemaining(all::add);
            }
            return all;
        }
    }

    /** Gives what it makes of each model's state. */
    private abstract static class Reader<T> extends KeyedStateReaderFunction<String, T> {

        private transient ValueState<ModelState> models;
        private transient ListState<byte[]> waiting;

        @Override
        public void open(OpenContext context) {
            models = getRuntimeContext().getState(StoredModels.models());
            waiting = getRuntimeContext().getListState(StoredModels.waitingImages());
        }

        LearnerState state() throws Exception {
            return StoredModels.together(models.value(), waiting.get()).learner();
        }
    }

    private static final class Rows extends Reader<ModelRow> {
        @Override
        public void readKey(String model, Context context, Collector<ModelRow> out) throws Exception {
            out.collect(ModelRow.of(model, state()));
        }
    }

    private static final class Export extends Reader<byte[]> {

        private static final byte[] NOTHING = {};

        private final String wanted;

        private Export(String wanted) {
            this.wanted = wanted;
        }

        @Override
        public void readKey(String model, Context context, Collector<byte[]> out) throws Exception {
            LearnerState state = model.equals(wanted) ? state() : null;
            if (state == null || state.dictionary() == null) {
                // State Processor 2.2.0 sends a null on where a key gives nothing, and fails on it
                out.collect(NOTHING);
            } else {
                float[] mean = new float[state.image().values()];
                state.mean().writeTo(mean);
                Dictionary dictionary = state.dictionary();
                out.collect(
                        Npz.encode(dictionary.atoms(), mean, dictionary.shape().image()));
            }
        }
    }
}
