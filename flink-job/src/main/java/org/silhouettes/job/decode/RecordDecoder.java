package org.silhouettes.job.decode;

import java.util.ArrayList;
import java.util.List;
import org.silhouettes.core.state.StreamImage;
import org.silhouettes.imaging.DecodeWork;
import org.silhouettes.imaging.InputFault;
import org.silhouettes.imaging.Picture;
import org.silhouettes.imaging.PictureDecoder;
import org.silhouettes.imaging.PictureException;
import org.silhouettes.job.record.ChannelMode;
import org.silhouettes.job.record.ImageRecord;
import org.silhouettes.job.record.RawRecord;
import org.silhouettes.job.record.RejectReason;
import org.silhouettes.job.record.Rejection;
import org.silhouettes.wire.ChannelModels;
import org.silhouettes.wire.message.ControlMessage;
import org.silhouettes.wire.message.HeaderTexts;
import org.silhouettes.wire.message.ImageMessage;
import org.silhouettes.wire.message.InputMessage;
import org.silhouettes.wire.message.LabelMessage;
import org.silhouettes.wire.message.MessageException;

/**
 * Makes images of raw records. Whatever a record holds, it gives images or throws {@link Rejection}. Holds buffers, so it
 * is not thread-safe.
 */
public final class RecordDecoder {

    private final DecodeSettings settings;
    private final PictureDecoder pictures;
    private final HeaderTexts texts;

    public RecordDecoder(DecodeSettings settings) {
        this.settings = settings;
        this.texts = new HeaderTexts(settings.maxNameBytes(), settings.maxTextBytes());
        this.pictures = new PictureDecoder(settings.limits());
    }

    /**
     * Decodes a record to its image, or to three where channels are split.
     *
     * @throws Rejection for every reason that lies in the record; also for an exception, a stack overflow or a full heap
     *     that decoding it meets, see {@link InputFault}
     */
    public List<ImageRecord> decode(RawRecord record) throws Rejection {
        try {
            return images(record);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            if (InputFault.explains(e)) {
                throw new Rejection(RejectReason.PICTURE, "the record cannot be decoded: " + InputFault.text(e));
            }
            throw e;
        }
    }

    /** The work of decoding pictures since this decoder was made. */
    public DecodeWork work() {
        return pictures.work();
    }

    private List<ImageRecord> images(RawRecord record) throws Rejection {
        InputMessage message;
        try {
            message = InputMessage.decode(record.record(), texts);
        } catch (MessageException e) {
            throw new Rejection(RejectReason.of(e.fault()), e.getMessage());
        }
        if (message instanceof ImageMessage image) {
            return images(image, record);
        }
        List<ImageRecord> notes = new ArrayList<>();
        for (String model : settings.channels().models(message.model())) {
            notes.add(note(model, message, notes.isEmpty(), record));
        }
        return notes;
    }

    /** A label or a command to one model. */
    private static ImageRecord note(String model, InputMessage message, boolean primary, RawRecord record) {
        return message instanceof ControlMessage control
                ? ImageRecord.control(model, control.command(), primary, record)
                : ImageRecord.lateLabel(
                        model, ((LabelMessage) message).label(), ((LabelMessage) message).id(), primary, record);
    }

    private List<ImageRecord> images(ImageMessage message, RawRecord record) throws Rejection {
        Picture picture;
        try {
            picture = message.content().picture(pictures);
        } catch (PictureException e) {
            throw new Rejection(RejectReason.PICTURE, e.getMessage());
        }
        if (settings.channels() != ChannelMode.SPLIT) {
            Picture learned = settings.channels() == ChannelMode.GRAY ? picture.gray() : picture;
            return List.of(image(message.model(), learned, message, true, record));
        }
        if (picture.shape().channels() != ChannelModels.COUNT) {
            throw new Rejection(
                    RejectReason.SHAPE,
                    "image has " + picture.shape().channels()
                            + " channel, image.channels=split expects 3 (RGB): send colour images, or start"
                            + " the job with image.channels=gray");
        }
        List<ImageRecord> channels = new ArrayList<>(ChannelModels.COUNT);
        for (int c = 0; c < ChannelModels.COUNT; c++) {
            channels.add(image(
                    ChannelModels.name(message.model(), c), picture.channel(c), message, channels.isEmpty(), record));
        }
        return channels;
    }

    private static ImageRecord image(
            String model, Picture picture, ImageMessage message, boolean primary, RawRecord origin) {
        return new ImageRecord(
                model,
                picture.shape(),
                new StreamImage(picture.samples(), message.label(), message.id(), message.learn()),
                message.flush(),
                primary,
                origin);
    }
}
