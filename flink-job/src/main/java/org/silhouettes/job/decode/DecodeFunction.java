package org.silhouettes.job.decode;

import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.silhouettes.job.metrics.MetricNames;
import org.silhouettes.job.metrics.RejectCounters;
import org.silhouettes.job.record.ImageRecord;
import org.silhouettes.job.record.Outputs;
import org.silhouettes.job.record.RawRecord;
import org.silhouettes.job.record.RejectedRecords;
import org.silhouettes.job.record.Rejection;

/** Raw records to images; what is none goes to the side output {@link Outputs#REJECTED}. */
public final class DecodeFunction extends ProcessFunction<RawRecord, ImageRecord> {

    private final DecodeSettings settings;
    private transient RecordDecoder decoder;
    private transient Counter images;
    private transient RejectCounters rejected;

    public DecodeFunction(DecodeSettings settings) {
        this.settings = settings;
    }

    @Override
    public void open(OpenContext context) {
        decoder = new RecordDecoder(settings);
        var group = getRuntimeContext().getMetricGroup().addGroup(MetricNames.GROUP);
        images = group.counter(MetricNames.IMAGES);
        rejected = new RejectCounters(group);
    }

    @Override
    public void processElement(RawRecord record, Context context, Collector<ImageRecord> out) {
        List<ImageRecord> decoded;
        try {
            decoded = decoder.decode(record);
        } catch (Rejection e) {
            rejected.count(e.reason());
            context.output(Outputs.REJECTED, RejectedRecords.of(record, e, settings.maxRecordBytes()));
            return;
        }
        // outside of the try: what the operators behind this one throw is theirs, and never a record's rejection
        decoded.forEach(out::collect);
        images.inc();
    }
}
