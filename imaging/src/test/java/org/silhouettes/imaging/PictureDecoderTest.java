package org.silhouettes.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PNG is held against the JDK's ImageIO, which reads what it should or writes what is read here. */
class PictureDecoderTest {

    private final PictureDecoder decoder = new PictureDecoder(PictureLimits.DEFAULTS);

    @Test
    void pngOfEveryColourTypeDepthAndInterlacingGivesWhatWasWritten() throws Exception {
        Random random = new Random(1);
        int[][] sizes = {{1, 1}, {7, 5}, {28, 28}, {33, 9}};
        for (int[] size : sizes) {
            for (boolean interlaced : new boolean[] {false, true}) {
                for (int type : new int[] {
                    BufferedImage.TYPE_BYTE_GRAY,
                    BufferedImage.TYPE_3BYTE_BGR,
                    BufferedImage.TYPE_USHORT_GRAY,
                    BufferedImage.TYPE_4BYTE_ABGR
                }) {
                    BufferedImage image = opaqueNoise(size[0], size[1], type, random);
                    Picture picture = decoder.png(png(image, interlaced));
                    assertThat(picture.samples())
                            .as("type %d, %dx%d, interlaced %s", type, size[0], size[1], interlaced)
                            .isEqualTo(samples(image));
                }
            }
        }
    }

    @Test
    void aPaletteIsLookedUpAtEveryDepth() throws Exception {
        Random random = new Random(2);
        for (int bits : new int[] {1, 2, 4, 8}) {
            int colours = 1 << bits;
            byte[] red = new byte[colours];
            byte[] green = new byte[colours];
            byte[] blue = new byte[colours];
            random.nextBytes(red);
            random.nextBytes(green);
            random.nextBytes(blue);
            BufferedImage image = new BufferedImage(
                    13,
                    6,
                    bits == 8 ? BufferedImage.TYPE_BYTE_INDEXED : BufferedImage.TYPE_BYTE_BINARY,
                    new IndexColorModel(bits, colours, red, green, blue));
            byte[] expected = new byte[13 * 6 * 3];
            for (int i = 0; i < 13 * 6; i++) {
                int index = random.nextInt(colours);
                image.getRaster().setSample(i % 13, i / 13, 0, index);
                expected[3 * i] = red[index];
                expected[3 * i + 1] = green[index];
                expected[3 * i + 2] = blue[index];
            }
            assertThat(decoder.png(png(image, false)).samples())
                    .as("%d bits", bits)
                    .isEqualTo(expected);
        }
    }

    @Test
    void grayOfFewBitsIsScaledToEight() throws Exception {
        // two bits: 0, 1, 2, 3 are 0, 85, 170, 255
        byte[] png = file(header(4, 1, 2, 0, 0), chunk("IDAT", deflated(new byte[] {0, 0b00011011})), chunk("IEND"));
        assertThat(decoder.png(png).samples()).containsExactly(0, 85, (byte) 170, (byte) 255);
    }

    @Test
    void everyRowFilterIsUndone() throws Exception {
        byte[][] rows = {{10, 20, 30}, {11, 19, 33}, {90, 1, 120}, {5, 6, 7}, {100, 50, 25}};
        byte[] filtered = new byte[5 * 4];
        byte[] above = new byte[3];
        for (int y = 0; y < 5; y++) {
            filtered[4 * y] = (byte) y;
            for (int x = 0; x < 3; x++) {
                int left = x == 0 ? 0 : rows[y][x - 1];
                int corner = x == 0 ? 0 : above[x - 1];
                int[] predicted = {0, left, above[x], (left + above[x]) / 2, paeth(left, above[x], corner)};
                filtered[4 * y + 1 + x] = (byte) (rows[y][x] - predicted[y]);
            }
            above = rows[y];
        }
        byte[] png = file(header(3, 5, 8, 0, 0), chunk("IDAT", deflated(filtered)), chunk("IEND"));
        assertThat(decoder.png(png).samples())
                .containsExactly(10, 20, 30, 11, 19, 33, 90, 1, 120, 5, 6, 7, 100, 50, 25);
    }

    @Test
    void pixelDataMayLieInManyChunks() throws Exception {
        byte[] packed = deflated(new byte[] {0, 1, 2, 3, 0, 4, 5, 6});
        byte[][] chunks = new byte[packed.length + 2][];
        chunks[0] = header(3, 2, 8, 0, 0);
        for (int i = 0; i < packed.length; i++) {
            chunks[i + 1] = chunk("IDAT", packed[i]);
        }
        chunks[packed.length + 1] = chunk("IEND");
        assertThat(decoder.png(file(chunks)).samples()).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void transparentPixelsAreRefusedByName() throws Exception {
        BufferedImage image = opaqueNoise(4, 4, BufferedImage.TYPE_4BYTE_ABGR, new Random(3));
        image.getAlphaRaster().setSample(2, 2, 0, 254);
        assertThatThrownBy(() -> decoder.png(png(image, false)))
                .isInstanceOf(PictureException.class)
                .hasMessage("PNG has transparent pixels: flatten it on a background first");
        byte[] keyed = file(
                header(2, 1, 8, 0, 0),
                chunk("tRNS", (byte) 0, (byte) 7),
                chunk("IDAT", deflated(new byte[] {0, 6, 7})),
                chunk("IEND"));
        assertThatThrownBy(() -> decoder.png(keyed)).hasMessageContaining("transparent pixels");
    }

    @Test
    void aBombIsRefusedByTheSizeItClaimsOrByTheBytesItHolds() throws Exception {
        byte[] huge = file(header(30_000, 30_000, 8, 0, 0), chunk("IDAT", deflated(new byte[9])), chunk("IEND"));
        assertThatThrownBy(() -> decoder.png(huge))
                .hasMessage("picture claims 30000x30000 pixels (width x height), at most 4000000 are taken");
        byte[] negative = file(header(-5, 1 << 30, 8, 0, 0), chunk("IEND"));
        assertThatThrownBy(() -> decoder.png(negative)).hasMessageContaining("both must be at least 1");
        // 64 MB of zeros behind the 2 bytes that the picture needs: one byte more is inflated, to see that there are
        // more
        byte[] stuffed = file(header(1, 1, 8, 0, 0), chunk("IDAT", deflated(new byte[1 << 26])), chunk("IEND"));
        assertThat(stuffed.length).isLessThan(100_000);
        assertThatThrownBy(() -> decoder.png(stuffed)).hasMessageContaining("continue after its last pixel");
        // a claim within the limit that so few bytes cannot hold
        byte[] empty = file(header(2000, 2000, 8, 2, 0), chunk("IDAT", deflated(new byte[9])), chunk("IEND"));
        assertThatThrownBy(() -> decoder.png(empty)).hasMessageContaining("bytes of compressed data");
        assertThat(decoder.work().pixels()).isEqualTo(1);
        // and a compressed comment of 64 MB is never looked at
        byte[] comment = file(
                header(1, 1, 8, 0, 0),
                chunk("zTXt", deflated(new byte[1 << 26])),
                chunk("IDAT", deflated(new byte[] {0, 9})),
                chunk("IEND"));
        assertThat(decoder.png(comment).samples()).containsExactly(9);
        assertThatThrownBy(() -> new PictureDecoder(new PictureLimits(10, 100)).png(comment))
                .hasMessageContaining("at most 10 are taken");
    }

    @Test
    void aHeapThatIsTooSmallForThePictureIsARefusal() {
        // bytes enough for the ratio of deflate, so that 2.1 GB would be allocated if the heap had them
        PictureDecoder large = new PictureDecoder(new PictureLimits(1 << 24, Integer.MAX_VALUE));
        byte[] png = file(header(26_000, 26_000, 8, 2, 0), chunk("IDAT", new byte[2_100_000]), chunk("IEND"));
        assertThatThrownBy(() -> large.png(png)).isInstanceOf(PictureException.class);
    }

    @Test
    void chunksThatAreRepeatedOrOutOfPlaceAreRefused() throws Exception {
        byte[] head = header(3, 1, 8, 3, 0);
        byte[] palette = chunk("PLTE", new byte[6]);
        byte[] opaque = chunk("tRNS", (byte) -1);
        byte[] data = chunk("IDAT", deflated(new byte[] {0, 1, 0, 1}));
        byte[] end = chunk("IEND");
        assertThat(decoder.png(file(head, palette, opaque, data, end)).samples())
                .hasSize(9);
        byte[][][] files = {
            {palette, head, data, end},
            {head, head, palette, data, end},
            {head, palette, head, data, end},
            {head, palette, data, head, end},
            {head, palette, palette, data, end},
            {head, palette, data, palette, end},
            {head, opaque, palette, data, end},
            {head, palette, opaque, opaque, data, end},
            {head, palette, data, opaque, end},
            {head, palette, chunk("tRNS", (byte) -1, (byte) -1, (byte) -1), data, end},
            {head, palette, data, data, end},
            {head, palette, data, chunk("tEXt", (byte) 'a'), data, end},
            {head, palette, data, chunk("IDAT", (byte) 0), end},
            {head, palette, data, chunk("IEND", (byte) 0)},
            {head, palette, end},
            {head, data, end},
            {head, palette, chunk("1234"), data, end},
            {head, palette, chunk("ABCD"), data, end},
            {chunk("IHDR", new byte[14]), palette, data, end},
        };
        for (int i = 0; i < files.length; i++) {
            byte[] file = file(files[i]);
            assertThatThrownBy(() -> decoder.png(file)).as("file %d", i).isInstanceOf(PictureException.class);
        }
        // an empty IDAT chunk, chunks that need not be known, and bytes behind the end
        byte[] odd =
                file(head, chunk("abCd", new byte[5]), palette, data, chunk("IDAT"), chunk("teXt"), end, new byte[3]);
        assertThat(decoder.png(odd).samples()).hasSize(9);
    }

    @Test
    void theChecksumOfEveryChunkCounts() throws Exception {
        byte[] text = chunk("tEXt", (byte) 'a', (byte) 'b');
        text[9] ^= 1;
        byte[] data = chunk("IDAT", deflated(new byte[] {0, 1, 2, 3}));
        byte[] png = file(header(3, 1, 8, 0, 0), text, data, chunk("IEND"));
        assertThatThrownBy(() -> decoder.png(png)).hasMessageContaining("wrong checksum");
    }

    @Test
    void theCompressedStreamMustEndWithTheLastPixel() throws Exception {
        byte[] rows = {0, 1, 2, 3};
        byte[] packed = deflated(rows);
        for (int cut = 1; cut <= 4; cut++) {
            byte[] short4 = file(
                    header(3, 1, 8, 0, 0), chunk("IDAT", Arrays.copyOf(packed, packed.length - cut)), chunk("IEND"));
            assertThatThrownBy(() -> decoder.png(short4)).hasMessageContaining("end early");
        }
        byte[] sum = packed.clone();
        sum[sum.length - 1] ^= 1;
        byte[] wrong = file(header(3, 1, 8, 0, 0), chunk("IDAT", sum), chunk("IEND"));
        assertThatThrownBy(() -> decoder.png(wrong)).hasMessageContaining("PNG is damaged");
        byte[] longer = file(header(3, 1, 8, 0, 0), chunk("IDAT", deflated(new byte[5])), chunk("IEND"));
        assertThatThrownBy(() -> decoder.png(longer)).hasMessageContaining("continue after");
    }

    @ParameterizedTest
    @CsvSource({
        "apng.png, 8f6a418c9a639f9e",
        "bit1.png, 08c1f54c2ca94a6c",
        "gray16.png, 8f6a418c9a639f9e",
        "gray8.png, 8f6a418c9a639f9e",
        "icc.png, 5f8a5871d09369b0",
        "inter.png, 8f6a418c9a639f9e",
        "palette.png, 5f8a5871d09369b0",
        "trailing.png, 8f6a418c9a639f9e"
    })
    void theCasesThatAreTakenKeepTheirPixels(String name, String sha256) throws Exception {
        byte[] samples = decoder.png(JpegStructureTest.resource(name)).samples();
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(samples);
        assertThat(HexFormat.of().formatHex(hash)).startsWith(sha256);
    }

    @ParameterizedTest
    @ValueSource(strings = {"badcrc.png", "trunc.png"})
    void theDamagedCasesAreRefused(String name) throws IOException {
        byte[] file = JpegStructureTest.resource(name);
        assertThatThrownBy(() -> decoder.png(file)).isInstanceOf(PictureException.class);
    }

    @Test
    void everyTruncationOfAPngIsRefused() throws Exception {
        byte[] whole = png(opaqueNoise(9, 9, BufferedImage.TYPE_3BYTE_BGR, new Random(4)), false);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> decoder.png(cut)).as("%d bytes", length).isInstanceOf(PictureException.class);
        }
    }

    @Test
    void jpegIsReadInGrayAndColour() throws Exception {
        for (int type : new int[] {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_3BYTE_BGR}) {
            BufferedImage image = new BufferedImage(16, 8, type);
            for (int i = 0; i < 16 * 8; i++) {
                for (int band = 0; band < image.getRaster().getNumBands(); band++) {
                    image.getRaster().setSample(i % 16, i / 16, band, 40 + 60 * band);
                }
            }
            Picture picture = decoder.jpeg(jpeg(image));
            assertThat(picture.shape())
                    .isEqualTo(new ImageShape(8, 16, image.getRaster().getNumBands()));
            byte[] expected = samples(image);
            for (int i = 0; i < expected.length; i++) {
                assertThat(picture.samples()[i] & 0xff).isBetween((expected[i] & 0xff) - 3, (expected[i] & 0xff) + 3);
            }
        }
    }

    @Test
    void aDamagedOrForeignJpegIsRefusedByName() throws Exception {
        byte[] whole = jpeg(opaqueNoise(16, 16, BufferedImage.TYPE_3BYTE_BGR, new Random(5)));
        byte[] claims = whole.clone();
        int frame = indexOfFrame(claims);
        claims[frame + 5] = (byte) 0xff;
        claims[frame + 7] = (byte) 0xff;
        assertThatThrownBy(() -> decoder.jpeg(claims)).hasMessageContaining("at most 4000000 are taken");
        byte[] cmyk = whole.clone();
        cmyk[frame + 9] = 4;
        assertThatThrownBy(() -> decoder.jpeg(cmyk)).hasMessageContaining("4 is CMYK");
        assertThat(decoder.jpeg(whole).shape().width())
                .as("the decoder works on after errors")
                .isEqualTo(16);
    }

    @Test
    void damagedFilesNeverGetPastTheirOwnException() throws Exception {
        byte[] png = png(opaqueNoise(8, 8, BufferedImage.TYPE_3BYTE_BGR, new Random(6)), true);
        byte[] jpeg = jpeg(opaqueNoise(8, 8, BufferedImage.TYPE_3BYTE_BGR, new Random(6)));
        long seed = System.nanoTime();
        System.out.println("damagedFilesNeverGetPastTheirOwnException: seed " + seed);
        Random random = new Random(seed);
        int refused = 0;
        for (int i = 0; i < 3000; i++) {
            byte[] damaged = (i % 2 == 0 ? png : jpeg).clone();
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            try {
                Picture picture = i % 2 == 0 ? decoder.png(damaged) : decoder.jpeg(damaged);
                assertThat(picture.samples()).hasSize(picture.shape().values());
            } catch (PictureException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(1000);
    }

    @Test
    void rawSamplesMustHaveTheSizeThatIsClaimed() throws Exception {
        byte[] samples = new byte[6];
        assertThat(decoder.raw(samples, 3, 2, 1).samples()).isSameAs(samples);
        assertThatThrownBy(() -> decoder.raw(samples, 3, 3, 1))
                .hasMessage("raw picture has 6 bytes, 3x3x1 (height x width x channels) needs 9");
        assertThatThrownBy(() -> decoder.raw(samples, 10_000, 10_000, 1))
                .hasMessageContaining("claims 10000x10000 pixels");
        assertThatThrownBy(() -> decoder.raw(samples, 999_999_999, 999_999_999, 3))
                .hasMessageContaining("at most 4000000 are taken");
        assertThatThrownBy(() -> decoder.raw(samples, 3, 1, 2)).hasMessageContaining("2 channels");
        assertThatThrownBy(() -> decoder.raw(new byte[0], 3, 1, 2)).hasMessageContaining("empty");
    }

    @Test
    void grayIsTheWeightedSumOfTheChannels() {
        Picture colour = new Picture(new ImageShape(1, 2, 3), new byte[] {(byte) 200, 100, 50, -1, -1, -1});
        // 0.2989 * 200 + 0.587 * 100 + 0.114 * 50 = 124.18
        assertThat(colour.gray().samples()).containsExactly(124, (byte) 255);
        assertThat(colour.channel(1).samples()).containsExactly(100, -1);
    }

    @Test
    void whatThePngEncoderWritesImageIoReads() throws Exception {
        for (int channels : new int[] {1, 3}) {
            byte[] samples = new byte[5 * 7 * channels];
            new Random(7).nextBytes(samples);
            byte[] png = PngEncoder.encode(new Picture(new ImageShape(5, 7, channels), samples));
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
            assertThat(samples(image)).isEqualTo(samples);
            assertThat(decoder.png(png).samples()).isEqualTo(samples);
        }
    }

    private static int paeth(int left, int up, int corner) {
        int estimate = left + up - corner;
        int[] candidates = {left, up, corner};
        int best = left;
        for (int candidate : candidates) {
            if (Math.abs(estimate - candidate) < Math.abs(estimate - best)) {
                best = candidate;
            }
        }
        return best;
    }

    private static BufferedImage opaqueNoise(int width, int height, int type, Random random) {
        BufferedImage image = new BufferedImage(width, height, type);
        WritableRaster raster = image.getRaster();
        int largest = type == BufferedImage.TYPE_USHORT_GRAY ? 65_536 : 256;
        for (int i = 0; i < width * height; i++) {
            for (int band = 0; band < raster.getNumBands(); band++) {
                raster.setSample(i % width, i / width, band, band == 3 ? 255 : random.nextInt(largest));
            }
        }
        return image;
    }

    /** The samples as the decoder should give them: alpha dropped, 16 bits rounded to 8. */
    private static byte[] samples(BufferedImage image) {
        WritableRaster raster = image.getRaster();
        int channels = Math.min(3, raster.getNumBands());
        boolean wide = image.getType() == BufferedImage.TYPE_USHORT_GRAY;
        byte[] samples = new byte[image.getWidth() * image.getHeight() * channels];
        for (int i = 0; i < samples.length; i++) {
            int pixel = i / channels;
            int value = raster.getSample(pixel % image.getWidth(), pixel / image.getWidth(), i % channels);
            samples[i] = (byte) (wide ? Math.round(value / 257.0) : value);
        }
        return samples;
    }

    private static byte[] png(BufferedImage image, boolean interlaced) throws IOException {
        return written(image, "png", interlaced);
    }

    private static byte[] jpeg(BufferedImage image) throws IOException {
        return written(image, "jpeg", false);
    }

    private static byte[] written(BufferedImage image, String format, boolean interlaced) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            ImageWriteParam param = writer.getDefaultWriteParam();
            if (interlaced) {
                param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            }
            writer.write(null, new IIOImage(image, null, null), param);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static int indexOfFrame(byte[] jpeg) {
        for (int i = 0; i < jpeg.length - 1; i++) {
            if (jpeg[i] == (byte) 0xff && jpeg[i + 1] == (byte) 0xc0) {
                return i;
            }
        }
        throw new AssertionError("no baseline frame");
    }

    private static byte[] file(byte[]... chunks) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
        for (byte[] chunk : chunks) {
            out.writeBytes(chunk);
        }
        return out.toByteArray();
    }

    private static byte[] header(int width, int height, int depth, int colour, int interlace) {
        return chunk(
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(width)
                        .putInt(height)
                        .put((byte) depth)
                        .put((byte) colour)
                        .put((byte) 0)
                        .put((byte) 0)
                        .put((byte) interlace)
                        .array());
    }

    private static byte[] chunk(String type, byte... data) {
        CRC32 crc = new CRC32();
        crc.update(type.getBytes(StandardCharsets.US_ASCII));
        crc.update(data);
        return ByteBuffer.allocate(12 + data.length)
                .putInt(data.length)
                .put(type.getBytes(StandardCharsets.US_ASCII))
                .put(data)
                .putInt((int) crc.getValue())
                .array();
    }

    private static byte[] deflated(byte[] bytes) {
        Deflater deflater = new Deflater();
        deflater.setInput(bytes);
        deflater.finish();
        byte[] out = new byte[bytes.length + 100];
        int length = deflater.deflate(out);
        deflater.end();
        return Arrays.copyOf(out, length);
    }
}
