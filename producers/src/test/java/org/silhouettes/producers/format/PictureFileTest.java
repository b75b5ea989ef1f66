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
import org.silhouettes.core.dictionary.ImageShape;
import org.silhouettes.core.initialisation.Random64;

class PictureFileTest {

    @TempDir
    Path folder;

    @Test
    void grayStaysAsItIsWrittenToTheLastBit() throws IOException {
        BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < 256; i++) {
            image.getRaster().setSample(i % 16, i / 16, 0, i);
        }

        PictureFile read = PictureFile.read(write(image, "png"));

        assertThat(read.shape()).isEqualTo(new ImageShape(16, 16, 1));
        for (int i = 0; i < 256; i++) {
            assertThat(read.samples()[i] & 0xff).isEqualTo(i);
        }
    }

    @Test
    void sixteenBitGrayKeepsItsUpperEight() throws IOException {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
        image.getRaster().setSample(0, 0, 0, 0x12ff);
        image.getRaster().setSample(1, 0, 0, 0xff00);

        assertThat(PictureFile.read(write(image, "png")).samples()).containsExactly(0x12, 0xff);
    }

    @Test
    void coloursAreRedGreenBlueAndTransparencyIsOverBlack() throws IOException {
        BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, 0xff102030);
        image.setRGB(1, 0, 0x80ff8000);
        image.setRGB(2, 0, 0x00ffffff);

        PictureFile read = PictureFile.read(write(image, "png"));

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

        PictureFile read = PictureFile.read(write(image, "jpg"));

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
                .hasMessage(file + ", byte 0: its header claims 100000x100000 pixels, at most 100 million are taken");
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
