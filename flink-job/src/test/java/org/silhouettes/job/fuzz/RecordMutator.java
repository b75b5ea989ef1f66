package org.silhouettes.job.fuzz;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.silhouettes.job.record.RawRecord;
import org.silhouettes.wire.Headers;
import org.silhouettes.wire.RecordHeaders;

/** Records that a broken or hostile producer could send: changed pictures, headers, keys. The same for the same seed. */
final class RecordMutator {

    private static final List<String> TYPES = List.of(
            Headers.RAW,
            Headers.PNG,
            Headers.JPEG,
            Headers.LATE_LABEL,
            "image/gif",
            "IMAGE/PNG ; q=1",
            "",
            ";",
            "image/png\0",
            "x".repeat(5000));
    private static final List<String> NUMBERS = List.of(
            "0",
            "1",
            "2",
            "3",
            "4",
            "8",
            "28",
            "-1",
            "-0",
            "+8",
            " 8",
            "8.0",
            "1e3",
            "0x8",
            "NaN",
            "",
            "null",
            "٣",
            "８",
            "2147483647",
            "2147483648",
            "4294967296",
            "999999999",
            "0000000008",
            "9".repeat(400));
    private static final List<String> FLAGS =
            List.of("true", "false", "TRUE", "1", "", "yes", "true ", "ｔrue", "0".repeat(300));
    private static final List<String> TEXTS = List.of(
            "cat", "", "é", "\u202etxt", "a\nb", "\0", "x".repeat(200), "x".repeat(201), "𝔘".repeat(60), "{\"a\":1}");

    private final Random random;
    private final JpegMutator jpegs;
    private final PngMutator pngs;
    private final List<byte[]> whole = new ArrayList<>();
    private int jpegCount;

    RecordMutator(long seed) {
        random = new Random(seed);
        List<byte[]> jpegCorpus = new ArrayList<>();
        List<byte[]> pngCorpus = new ArrayList<>();
        for (int type : new int[] {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_3BYTE_BGR}) {
            for (int side : new int[] {1, 20, 41}) {
                for (boolean progressive : new boolean[] {false, true}) {
                    jpegCorpus.add(written(side, type, "jpeg", progressive));
                    pngCorpus.add(written(side, type, "png", progressive));
                }
            }
        }
        for (int type : new int[] {
            BufferedImage.TYPE_BYTE_BINARY,
            BufferedImage.TYPE_BYTE_INDEXED,
            BufferedImage.TYPE_USHORT_GRAY,
            BufferedImage.TYPE_4BYTE_ABGR
        }) {
            pngCorpus.add(written(20, type, "png", false));
            pngCorpus.add(written(20, type, "png", true));
        }
        whole.addAll(jpegCorpus);
        jpegCount = jpegCorpus.size();
        whole.addAll(pngCorpus.subList(0, jpegCount));
        jpegs = new JpegMutator(random, jpegCorpus);
        pngs = new PngMutator(random, pngCorpus);
    }

    /** A record that must be decoded, the n-th of a cycle through the corpus. */
    RawRecord good(long offset) {
        int i = (int) (offset % whole.size());
        String type = i < jpegCount ? Headers.JPEG : Headers.PNG;
        return new RawRecord(
                bytes("good"), whole.get(i), RecordHeaders.of(Headers.CONTENT_TYPE, type), "images", 0, offset);
    }

    /** A record with something changed. */
    RawRecord next(long offset) {
        return switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> record(bytes("m"), jpegs.next(), plain(Headers.JPEG), offset);
            case 4, 5, 6 -> record(bytes("m"), pngs.next(), plain(Headers.PNG), offset);
            case 7, 8 -> raw(offset);
            default -> odd(offset);
        };
    }

    private RawRecord raw(long offset) {
        int width = 1 + random.nextInt(30);
        int height = 1 + random.nextInt(30);
        int channels = random.nextBoolean() ? 1 : 3;
        List<Header> headers = plain(Headers.RAW);
        headers.add(new Header(Headers.WIDTH, number(width)));
        headers.add(new Header(Headers.HEIGHT, number(height)));
        headers.add(new Header(Headers.CHANNELS, number(channels)));
        int length = width * height * channels + (random.nextInt(3) == 0 ? random.nextInt(7) - 3 : 0);
        shuffle(headers);
        return record(bytes("m"), Fuzz.noise(random, Math.max(0, length)), headers, offset);
    }

    private byte[] number(int number) {
        return switch (random.nextInt(8)) {
            case 0 -> bytes(Fuzz.any(random, NUMBERS));
            case 1 -> random.nextBoolean() ? null : Fuzz.noise(random, random.nextInt(12));
            default -> bytes(Integer.toString(number));
        };
    }

    /** Any key, any headers, any value: label records too. */
    private RawRecord odd(long offset) {
        List<Header> headers = new ArrayList<>();
        if (random.nextInt(5) > 0) {
            headers.add(new Header(Headers.CONTENT_TYPE, text(TYPES)));
        }
        headers.add(new Header(Headers.LABEL, text(TEXTS)));
        headers.add(new Header(Headers.ID, text(TEXTS)));
        headers.add(new Header(Headers.LEARN, text(FLAGS)));
        headers.add(new Header(Headers.FLUSH, text(FLAGS)));
        headers.add(new Header(Headers.REPLAY, random.nextInt(4) == 0 ? null : text(TEXTS)));
        headers.add(new Header("ß".repeat(random.nextInt(40)), Fuzz.noise(random, random.nextInt(2000))));
        shuffle(headers);
        byte[] value =
                switch (random.nextInt(5)) {
                    case 0 -> null;
                    case 1 -> new byte[0];
                    case 2 -> Fuzz.noise(random, random.nextInt(100_000));
                    default -> Fuzz.any(random, whole);
                };
        return record(key(), value, headers, offset);
    }

    private byte[] key() {
        return switch (random.nextInt(6)) {
            case 0 -> null;
            case 1 -> new byte[0];
            case 2 -> Fuzz.noise(random, random.nextInt(10));
            case 3 -> bytes("k".repeat(random.nextInt(100_000)));
            default -> text(TEXTS);
        };
    }

    private byte[] text(List<String> texts) {
        return switch (random.nextInt(10)) {
            case 0 -> null;
            case 1 -> Fuzz.noise(random, random.nextInt(20));
            default -> bytes(Fuzz.any(random, texts));
        };
    }

    /** The content type, and now and then a flag, a label or a repeated header. */
    private List<Header> plain(String type) {
        List<Header> headers = new ArrayList<>();
        headers.add(new Header(Headers.CONTENT_TYPE, bytes(type)));
        if (random.nextInt(10) == 0) {
            headers.add(new Header(Headers.FLUSH, text(FLAGS)));
            headers.add(new Header(Headers.LABEL, text(TEXTS)));
        }
        return headers;
    }

    private void shuffle(List<Header> headers) {
        if (random.nextInt(3) == 0) {
            headers.add(Fuzz.any(random, headers));
            headers.remove(random.nextInt(headers.size()));
            java.util.Collections.shuffle(headers, random);
        }
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Header(String name, byte[] value) {}

    private static RawRecord record(byte[] key, byte[] value, List<Header> headers, long offset) {
        RecordHeaders all = new RecordHeaders(
                headers.stream().map(Header::name).toArray(String[]::new),
                headers.stream().map(Header::value).toArray(byte[][]::new));
        return new RawRecord(key, value, all, "images", 0, offset);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] written(int side, int type, String format, boolean progressive) {
        BufferedImage image = new BufferedImage(side, side, type);
        Random random = new Random(side);
        for (int i = 0; i < side * side; i++) {
            image.setRGB(i % side, i / side, random.nextInt() | 0xff000000);
        }
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            ImageWriteParam param = writer.getDefaultWriteParam();
            if (progressive) {
                param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            }
            writer.write(null, new IIOImage(image, null, null), param);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
