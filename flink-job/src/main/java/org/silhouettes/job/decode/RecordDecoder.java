package org.silhouettes.job.decode;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.silhouettes.imaging.DecodeWork;
import org.silhouettes.imaging.InputFault;
import org.silhouettes.imaging.Picture;
import org.silhouettes.imaging.PictureDecoder;
import org.silhouettes.imaging.PictureException;
import org.silhouettes.job.record.ChannelMode;
import org.silhouettes.job.record.Command;
import org.silhouettes.job.record.ImageRecord;
import org.silhouettes.job.record.RawRecord;
import org.silhouettes.job.record.RejectReason;
import org.silhouettes.job.record.Rejection;
import org.silhouettes.wire.Headers;
import org.silhouettes.wire.RecordHeaders;

/**
 * Makes images of raw records. Whatever a record holds, it gives images or throws {@link Rejection}. Holds buffers, so it
 * is not thread-safe.
 */
public final class RecordDecoder {

    private static final byte[] RAW = Headers.RAW.getBytes(StandardCharsets.UTF_8);
    private static final byte[] LATE_LABEL = Headers.LATE_LABEL.getBytes(StandardCharsets.UTF_8);
    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};

    private final DecodeSettings settings;
    private final PictureDecoder pictures;
    private final TextCache texts = new TextCache();

    public RecordDecoder(DecodeSettings settings) {
        this.settings = settings;
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
        String model = model(record.key());
        if (isControl(record)) {
            return control(model, record);
        }
        if (isLateLabel(record)) {
            return lateLabel(model, record);
        }
        if (record.value() == null) {
            throw new Rejection(RejectReason.NO_IMAGE, "the value is null, a tombstone: send an image");
        }
        RecordHeaders headers = record.headers();
        String label = text(headers, Headers.LABEL, true);
        String id = text(headers, Headers.ID, false);
        boolean learn = flag(headers, Headers.LEARN, true);
        boolean flush = flag(headers, Headers.FLUSH, false);
        Picture picture = picture(record);
        switch (settings.channels()) {
            case GRAY -> {
                return List.of(image(model, picture.gray(), label, id, learn, flush, true, record));
            }
            case JOINT -> {
                return List.of(image(model, picture, label, id, learn, flush, true, record));
            }
            default -> {
                if (picture.shape().channels() != ChannelMode.CHANNELS) {
                    throw new Rejection(
                            RejectReason.SHAPE,
                            "image has " + picture.shape().channels()
                                    + " channel, image.channels=split expects 3 (RGB): send colour images, or start"
                                    + " the job with image.channels=gray");
                }
                List<ImageRecord> channels = new ArrayList<>(ChannelMode.CHANNELS);
                for (int c = 0; c < ChannelMode.CHANNELS; c++) {
                    Picture channel = picture.channel(c);
                    channels.add(
                            image(ChannelMode.modelOf(model, c), channel, label, id, learn, flush, c == 0, record));
                }
                return channels;
            }
        }
    }

    private static boolean isLateLabel(RawRecord record) {
        byte[] type = record.headers().last(Headers.CONTENT_TYPE);
        return type != null
                && (Arrays.equals(type, LATE_LABEL) || contentType(type).equals(Headers.LATE_LABEL));
    }

    private static boolean isControl(RawRecord record) {
        byte[] type = record.headers().last(Headers.CONTENT_TYPE);
        // the length spares images the text
        return type != null
                && type.length >= Headers.CONTROL.length()
                && contentType(type).equals(Headers.CONTROL);
    }

    private List<ImageRecord> control(String model, RawRecord record) throws Rejection {
        Command command = ControlRecords.command(record);
        List<ImageRecord> controls = new ArrayList<>();
        for (String channel : settings.channels().models(model)) {
            controls.add(ImageRecord.control(channel, command, controls.isEmpty(), record));
        }
        return controls;
    }

    private List<ImageRecord> lateLabel(String model, RawRecord record) throws Rejection {
        String label = text(record.headers(), Headers.LABEL, true);
        String id = text(record.headers(), Headers.ID, false);
        if (label == null || id == null) {
            throw new Rejection(
                    RejectReason.LABEL,
                    "header " + (label == null ? Headers.LABEL : Headers.ID)
                            + " is missing or empty: the label of an earlier image needs both its text (label) and the"
                            + " image's id");
        }
        if (record.value() != null && record.value().length > 0) {
            throw new Rejection(
                    RejectReason.LABEL,
                    "the value has " + record.value().length + " bytes, content type " + Headers.LATE_LABEL
                            + " has none: send an image with its own content type");
        }
        if (settings.channels() != ChannelMode.SPLIT) {
            return List.of(ImageRecord.lateLabel(model, label, id, true, record));
        }
        List<ImageRecord> channels = new ArrayList<>(ChannelMode.CHANNELS);
        for (int c = 0; c < ChannelMode.CHANNELS; c++) {
            channels.add(ImageRecord.lateLabel(ChannelMode.modelOf(model, c), label, id, c == 0, record));
        }
        return channels;
    }

    private static ImageRecord image(
            String model,
            Picture picture,
            String label,
            String id,
            boolean learn,
            boolean flush,
            boolean primary,
            RawRecord origin) {
        return new ImageRecord(
                model,
                picture.shape().height(),
                picture.shape().width(),
                picture.shape().channels(),
                picture.samples(),
                label,
                id,
                learn,
                flush,
                primary,
                origin);
    }

    private String model(byte[] key) throws Rejection {
        if (key == null || key.length == 0) {
            throw new Rejection(
                    RejectReason.MODEL_NAME, "the key is " + (key == null ? "null" : "empty") + ": give a model name");
        }
        if (key.length > settings.maxNameBytes()) {
            throw new Rejection(
                    RejectReason.MODEL_NAME,
                    "the key has " + key.length + " bytes, a model name has at most " + settings.maxNameBytes()
                            + " (model.max-name-bytes)");
        }
        String model;
        try {
            model = texts.text(key);
        } catch (CharacterCodingException e) {
            throw new Rejection(RejectReason.MODEL_NAME, "the key is not UTF-8 text: give a model name");
        }
        if (model.chars().anyMatch(Character::isISOControl)) {
            throw new Rejection(RejectReason.MODEL_NAME, "the key has control characters: give a model name");
        }
        return model;
    }

    private Picture picture(RawRecord record) throws Rejection {
        if (record.value().length == 0) {
            throw new Rejection(RejectReason.NO_IMAGE, "the value is empty: send an image");
        }
        byte[] type = record.headers().last(Headers.CONTENT_TYPE);
        if (type == null) {
            throw new Rejection(RejectReason.CONTENT_TYPE, "header content-type is missing: " + expectedTypes());
        }
        try {
            if (Arrays.equals(type, RAW)) {
                return raw(record);
            }
            String text = contentType(type);
            return switch (text) {
                case Headers.RAW -> raw(record);
                case Headers.PNG -> pictures.png(record.value());
                case Headers.JPEG -> pictures.jpeg(record.value());
                default ->
                    throw new Rejection(
                            RejectReason.CONTENT_TYPE, "content type is " + quoted(text) + ": " + expectedTypes());
            };
        } catch (PictureException e) {
            throw new Rejection(RejectReason.PICTURE, e.getMessage());
        }
    }

    private Picture raw(RawRecord record) throws Rejection, PictureException {
        RecordHeaders headers = record.headers();
        return pictures.raw(
                record.value(),
                number(headers, Headers.WIDTH),
                number(headers, Headers.HEIGHT),
                number(headers, Headers.CHANNELS));
    }

    /** Type and subtype in lower case; parameters do not matter here. */
    private static String contentType(byte[] bytes) {
        String text = new String(bytes, 0, Math.min(bytes.length, 100), StandardCharsets.UTF_8);
        int parameters = text.indexOf(';');
        return (parameters < 0 ? text : text.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
    }

    private static String expectedTypes() {
        return Headers.PNG + ", " + Headers.JPEG + ", " + Headers.RAW
                + " or, for a label that comes later than its image, " + Headers.LATE_LABEL + " is expected";
    }

    /** A whole number of at most nine digits, read without making a string of it. */
    private static long number(RecordHeaders headers, String name) throws Rejection {
        byte[] bytes = headers.last(name);
        if (bytes == null) {
            throw new Rejection(
                    RejectReason.HEADER,
                    "header " + name + " is missing: a raw image needs width, height and channels");
        }
        long number = 0;
        boolean valid = bytes.length > 0 && bytes.length < 10;
        for (int i = 0; valid && i < bytes.length; i++) {
            valid = bytes[i] >= '0' && bytes[i] <= '9';
            number = 10 * number + bytes[i] - '0';
        }
        if (!valid) {
            throw new Rejection(
                    RejectReason.HEADER,
                    "header " + name + " is " + quoted(bytes) + ": a whole number of at most 9 digits is expected");
        }
        return number;
    }

    private static boolean flag(RecordHeaders headers, String name, boolean otherwise) throws Rejection {
        byte[] bytes = headers.last(name);
        if (bytes == null) {
            return otherwise;
        }
        if (Arrays.equals(bytes, TRUE)) {
            return true;
        }
        if (Arrays.equals(bytes, FALSE)) {
            return false;
        }
        throw new Rejection(
                RejectReason.HEADER, "header " + name + " is " + quoted(bytes) + ": true or false is expected");
    }

    /** A header's text; null where it is missing or empty. */
    private String text(RecordHeaders headers, String name, boolean repeats) throws Rejection {
        byte[] bytes = headers.last(name);
        if (bytes == null || bytes.length == 0) {
            return null;
        }
        if (bytes.length > settings.maxTextBytes()) {
            throw new Rejection(
                    RejectReason.HEADER,
                    "header " + name + " has " + bytes.length + " bytes, at most " + settings.maxTextBytes()
                            + " are taken (input.max-text-bytes)");
        }
        try {
            return repeats ? texts.text(bytes) : texts.uncached(bytes);
        } catch (CharacterCodingException e) {
            throw new Rejection(RejectReason.HEADER, "header " + name + " is not UTF-8 text");
        }
    }

    private static String quoted(byte[] bytes) {
        return quoted(new String(bytes, 0, Math.min(bytes.length, 100), StandardCharsets.UTF_8));
    }

    private static String quoted(String text) {
        return '"' + (text.length() > 40 ? text.substring(0, 40) + "…" : text) + '"';
    }
}
