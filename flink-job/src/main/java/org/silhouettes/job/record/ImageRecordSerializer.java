package org.silhouettes.job.record;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.silhouettes.core.state.Binary;
import org.silhouettes.core.state.StreamImage;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.wire.message.Command;

/**
 * UTF model, int32×3 height, width, channels (0 for labels and commands), text label, text id, uint8 flags, the record of origin; then the samples,
 * unless flag 8 says that they are the origin's value; then text command, if flag 16 says so.
 */
public final class ImageRecordSerializer extends RecordSerializer<ImageRecord> {

    public static final ImageRecordSerializer INSTANCE = new ImageRecordSerializer();

    private static final int LEARN = 1;
    private static final int FLUSH = 2;
    private static final int PRIMARY = 4;
    private static final int AS_THEY_CAME = 8;
    private static final int CONTROL = 16;

    @Override
    public void serialize(ImageRecord record, DataOutputView out) throws IOException {
        boolean asTheyCame = record.samples() == record.origin().value();
        out.writeUTF(record.model());
        ImageShape shape = record.shape();
        out.writeInt(shape == null ? 0 : shape.height());
        out.writeInt(shape == null ? 0 : shape.width());
        out.writeInt(shape == null ? 0 : shape.channels());
        Binary.writeText(out, record.label());
        Binary.writeText(out, record.id());
        out.writeByte((record.learn() ? LEARN : 0)
                | (record.flush() ? FLUSH : 0)
                | (record.primary() ? PRIMARY : 0)
                | (asTheyCame ? AS_THEY_CAME : 0)
                | (record.command() == null ? 0 : CONTROL));
        RawRecordSerializer.INSTANCE.serialize(record.origin(), out);
        if (!asTheyCame) {
            Bytes.write(record.samples(), out);
        }
        if (record.command() != null) {
            out.writeUTF(record.command().label());
        }
    }

    @Override
    public ImageRecord deserialize(DataInputView in) throws IOException {
        String model = in.readUTF();
        int height = in.readInt();
        int width = in.readInt();
        int channels = in.readInt();
        String label = Binary.readText(in);
        String id = Binary.readText(in);
        int flags = in.readUnsignedByte();
        RawRecord origin = RawRecordSerializer.INSTANCE.deserialize(in);
        byte[] samples = (flags & AS_THEY_CAME) != 0 ? origin.value() : Bytes.read(in);
        Command command =
                (flags & CONTROL) == 0 ? null : Command.of(in.readUTF()).orElseThrow();
        return new ImageRecord(
                model,
                height == 0 ? null : new ImageShape(height, width, channels),
                new StreamImage(samples, label, id, (flags & LEARN) != 0),
                (flags & FLUSH) != 0,
                (flags & PRIMARY) != 0,
                origin,
                command);
    }

    @Override
    public TypeSerializerSnapshot<ImageRecord> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Class that Flink makes by name from a savepoint. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<ImageRecord> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
