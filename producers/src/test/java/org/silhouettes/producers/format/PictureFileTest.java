package org.silhouettes.producers.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.imaging.Picture;
import org.silhouettes.linalg.Random64;

class PictureFileTest {

    @TempDir
    Path folder;

    @Test
    void grayStaysAsItIsWrittenToTheLastBit() throws IOException {
        BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < 256; i++) {
            image.getRaster().setSample(i % 16, i / 16, 0, i);
        }

        Picture read = PictureFile.read(write(image, "png"));

        assertThat(read.shape()).isEqualTo(new ImageShape(16, 16, 1));
        for (int i = 0; i < 256; i++) {
            assertThat(read.samples()[i] & 0xff).isEqualTo(i);
        }
    }

    @Test
    void sixteenBitGrayIsRoundedToEightAsTheJobDoes() throws IOException {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
        image.getRaster().setSample(0, 0, 0, 0x12ff);
        image.getRaster().setSample(1, 0, 0, 0xff00);

        assertThat(PictureFile.read(write(image, "png")).samples()).containsExactly(0x13, 0xfe);
    }

    @Test
    void coloursAreRedGreenBlueAndTransparencyIsOverBlack() throws IOException {
        BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, 0xff102030);
        image.setRGB(1, 0, 0x80ff8000);
        image.setRGB(2, 0, 0x00ffffff);

        Picture read = PictureFile.read(write(image, "png"));

        assertThat(read.shape()).isEqualTo(new ImageShape(1, 3, 3));
        assertThat(read.samples()).containsExactly(0x10, 0x20, 0x30, 0x80, 0x40, 0, 0, 0, 0);
    }

    @Test
    void aPaletteIsReadAsColours() throws IOException {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_INDEXED);
        image.setRGB(0, 0, 0xffff0000);
        image.setRGB(1, 0, 0xff00ff00);

        assertThat(PictureFile.read(write(image, "png")).samples()).containsExactly(0xff, 0, 0, 0, 0xff, 0);
    }

    @Test
    void jpegIsReadToWithinItsLoss() throws IOException {
        BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
        Arrays.fill(((java.awt.image.DataBufferByte) image.getRaster().getDataBuffer()).getData(), (byte) 100);

        Picture read = PictureFile.read(write(image, "jpg"));

        assertThat(read.shape().channels()).isEqualTo(1);
        for (byte sample : read.samples()) {
            assertThat(sample & 0xff).isBetween(97, 103);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg"})
    void aFileCutShortAnywhereIsRefusedByName(String format) throws IOException {
        BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
        Random64 random = new Random64(6);
        for (int i = 0; i < 64; i++) {
            image.getRaster().setSample(i % 8, i / 8, 0, random.nextInt(256));
        }
        byte[] whole = Files.readAllBytes(write(image, format));
        // behind a PNG's last pixel stand two checksums and the end chunk, 20 bytes; a JPEG's last
        // pixels are a few bits, with two bytes of end marker behind them
        int pixelsEnd = whole.length - (format.equals("png") ? 20 : 2);
        for (int length = 0; length < pixelsEnd; length++) {
            Path file = Files.write(folder.resolve("cut." + format), Arrays.copyOf(whole, length));

            assertThatThrownBy(() -> PictureFile.read(file))
                    .as("cut to %d of %d", length, whole.length)
                    .isInstanceOf(FormatException.class)
                    .hasMessageStartingWith(file + ", byte ");
        }
    }

    @Test
    void everyKindOfTransparencyIsLaidOverBlackAsImageIoHasIt() throws IOException {
        for (int type : new int[] {BufferedImage.TYPE_BYTE_INDEXED, BufferedImage.TYPE_4BYTE_ABGR}) {
            BufferedImage image = new BufferedImage(4, 4, type);
            for (int i = 0; i < 16; i++) {
                image.setRGB(i % 4, i / 4, (i % 3 == 0 ? 0 : 0xff000000) | 0x33 * i);
            }
            Path file = write(image, "png");
            BufferedImage read = ImageIO.read(file.toFile());
            byte[] samples = PictureFile.read(file).samples();
            for (int i = 0; i < 16; i++) {
                int argb = read.getRGB(i % 4, i / 4);
                int blue = argb >>> 24 == 0 ? 0 : argb & 0xff;
                assertThat(samples[3 * i + 2] & 0xff).as("pixel %d", i).isEqualTo(blue);
            }
        }
    }

    @Test
    void aFileThatCannotBeReadIsNamedWithItsCause() throws IOException {
        Path missing = folder.resolve("missing.png");
        assertThatThrownBy(() -> PictureFile.read(missing))
                .hasMessage(missing + " cannot be read: it does not exist (any more): restore it, or start the replay"
                        + " again without it");
        Path link = Files.createSymbolicLink(folder.resolve("link.png"), missing);
        assertThatThrownBy(() -> PictureFile.read(link)).hasMessageContaining("a link to a file that does not exist");
        Path named = Files.createDirectory(folder.resolve("folder.png"));
        assertThatThrownBy(() -> PictureFile.read(named))
                .hasMessageStartingWith(named + " cannot be read: it is a folder");
    }

    @Test
    void aJpegWithACutScanAndAnEndMarkerIsRefused() throws IOException {
        BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_BYTE_GRAY);
        Random64 random = new Random64(7);
        for (int i = 0; i < 1024; i++) {
            image.getRaster().setSample(i % 32, i / 32, 0, random.nextInt(256));
        }
        byte[] whole = Files.readAllBytes(write(image, "jpg"));
        byte[] cut = Arrays.copyOf(whole, whole.length - 100);
        cut[cut.length - 2] = -1;
        cut[cut.length - 1] = (byte) 0xd9;
        Path file = Files.write(folder.resolve("cut.jpg"), cut);
        assertThatThrownBy(() -> PictureFile.read(file)).hasMessageContaining("JPEG is damaged or cut short");
    }

    @Test
    void somethingElseIsRefusedByName() throws IOException {
        Path file = Files.writeString(folder.resolve("text.png"), "not a picture");

        assertThatThrownBy(() -> PictureFile.read(file))
                .isInstanceOf(FormatException.class)
                .hasMessage(file + ", byte 0: it is neither PNG nor JPEG, whatever its name says");
    }

    @Test
    void aHeaderThatClaimsAHugeImageIsRefusedWithoutTakingMemory() throws IOException {
        ByteBuffer size =
                ByteBuffer.allocate(13).putInt(100_000).putInt(100_000).put(new byte[] {8, 0, 0, 0, 0});
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        png.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        png.writeBytes(chunk("IHDR", size.array()));
        png.writeBytes(chunk("IDAT", new byte[10]));
        Path file = Files.write(folder.resolve("bomb.png"), png.toByteArray());

        assertThatThrownBy(() -> PictureFile.read(file))
                .isInstanceOf(FormatException.class)
                .hasMessage(
                        file + ", byte 0: it cannot be decoded (picture claims 100000x100000 pixels (width x height),"
                                + " at most 100000000 are taken)");
    }

    private static byte[] chunk(String type, byte[] data) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data);
        return ByteBuffer.allocate(12 + data.length)
                .putInt(data.length)
                .put(name)
                .put(data)
                .putInt((int) crc.getValue())
                .array();
    }

    private Path write(BufferedImage image, String format) throws IOException {
        Path file = folder.resolve("image." + format);
        assertThat(ImageIO.write(image, format, file.toFile())).isTrue();
        return file;
    }
}
