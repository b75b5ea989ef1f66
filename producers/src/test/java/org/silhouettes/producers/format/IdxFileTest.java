package org.silhouettes.producers.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.silhouettes.linalg.Random64;

class IdxFileTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void imagesComeBackAsTheyWereWritten(boolean packed) throws IOException {
        for (long seed = 1; seed <= 20; seed++) {
            Random64 random = new Random64(seed);
            int count = 1 + random.nextInt(5);
            int height = 1 + random.nextInt(9);
            int width = 1 + random.nextInt(9);
            byte[] samples = bytes(random, count * height * width);

            IdxFile.Images images = IdxFile.readImages(file(packed, IdxBytes.images(count, height, width, samples)));

            assertThat(images.count()).as("seed %d", seed).isEqualTo(count);
            assertThat(images.height()).isEqualTo(height);
            assertThat(images.width()).isEqualTo(width);
            assertThat(images.samples()).isEqualTo(samples);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void imagesOfMoreThanOneChunkComeBackAsTheyWereWritten(boolean packed) throws IOException {
        byte[] samples = bytes(new Random64(3), 3 * 1000 * 1000);

        assertThat(IdxFile.readImages(file(packed, IdxBytes.images(3, 1000, 1000, samples)))
                        .samples())
                .isEqualTo(samples);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void labelsComeBackAsTheyWereWritten(boolean packed) throws IOException {
        byte[] labels = bytes(new Random64(5), 1000);

        assertThat(IdxFile.readLabels(file(packed, IdxBytes.labels(labels)), 256))
                .isEqualTo(labels);
    }

    @Test
    void aFileCutShortAnywhereIsRefusedAtItsEnd() throws IOException {
        byte[] whole = IdxBytes.images(3, 4, 5, bytes(new Random64(7), 60));
        for (int length = 0; length < whole.length; length++) {
            Path file = file(false, Arrays.copyOf(whole, length));
            int cut = length;

            assertThatThrownBy(() -> IdxFile.readImages(file))
                    .isInstanceOfSatisfying(
                            FormatException.class,
                            e -> assertThat(e.offset()).as("cut to %d", cut).isEqualTo(cut))
                    .hasMessageStartingWith(file + ", byte " + length + ": the file is cut short: ");
        }
    }

    @Test
    void aGzippedFileCutShortAnywhereIsRefusedByName() throws IOException {
        byte[] whole = IdxBytes.gzip(IdxBytes.images(3, 4, 5, bytes(new Random64(7), 60)));
        for (int length = 2; length < whole.length; length++) {
            Path file = file(false, Arrays.copyOf(whole, length));

            assertThatThrownBy(() -> IdxFile.readImages(file))
                    .as("cut to %d", length)
                    .isInstanceOf(FormatException.class)
                    .hasMessageStartingWith(file + ", byte ");
        }
    }

    @Test
    void bytesChangedAnywhereNeverEndInAnythingButImagesOrAFormatError() throws IOException {
        byte[] plain = IdxBytes.images(3, 4, 5, bytes(new Random64(9), 60));
        for (long seed = 1; seed <= 200; seed++) {
            Random64 random = new Random64(seed);
            byte[] whole = seed % 2 == 0 ? plain.clone() : IdxBytes.gzip(plain);
            whole[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
            Path file = file(false, whole);
            try {
                assertThat(IdxFile.readImages(file).samples())
                        .as("seed %d", seed)
                        .hasSize(60);
            } catch (FormatException e) {
                assertThat(e.file()).as("seed %d", seed).isEqualTo(file);
            }
        }
    }

    @Test
    void labelsAreNotTakenForImages() throws IOException {
        Path file = file(false, IdxBytes.labels((byte) 1));

        assertThatThrownBy(() -> IdxFile.readImages(file))
                .isInstanceOf(FormatException.class)
                .hasMessage(
                        file + ", byte 0: magic number is 0x00000801, an IDX file of images starts with 0x00000803");
    }

    @Test
    void aLabelOutOfRangeIsRefusedWhereItStands() throws IOException {
        Path file = file(false, IdxBytes.labels((byte) 9, (byte) 3, (byte) 10));

        assertThatThrownBy(() -> IdxFile.readLabels(file, 10))
                .isInstanceOf(FormatException.class)
                .hasMessage(file + ", byte 10: label is 10, it must be 0 to 9");
    }

    @Test
    void zeroImagesAreRefused() throws IOException {
        Path file = file(false, IdxBytes.images(0, 28, 28, new byte[0]));

        assertThatThrownBy(() -> IdxFile.readImages(file))
                .isInstanceOf(FormatException.class)
                .hasMessage(file + ", byte 4: the number of images is 0, it must be 1 to 2147483647");
    }

    @Test
    void aSizeOverTheLimitIsRefusedWithoutTakingMemory() throws IOException {
        Path file = file(false, IdxBytes.images(-1, 28, 28, new byte[0]));

        assertThatThrownBy(() -> IdxFile.readImages(file))
                .isInstanceOf(FormatException.class)
                .hasMessage(file + ", byte 4: the number of images is 4294967295, it must be 1 to 2147483647");
    }

    @Test
    void sizesThatAskForMoreThanTheHeapAreRefusedWithoutTakingMemory() throws IOException {
        Path file = file(true, IdxBytes.images(Integer.MAX_VALUE, 1 << 14, 1 << 14, new byte[0]));

        assertThatThrownBy(() -> IdxFile.readImages(file))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith(file + ", byte 16: the sizes ask for 576460752034988032 bytes, at most ");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sizesThatClaimMoreThanThereIsTakeNoMoreMemoryThanThereIs(boolean packed) throws IOException {
        Path file = file(packed, IdxBytes.images(200_000, 28, 28, new byte[3 * 784]));

        assertThatThrownBy(() -> IdxFile.readImages(file))
                .isInstanceOf(FormatException.class)
                .hasMessage(file + ", byte 2368: the file is cut short: 200000 images of 28x28 needs 156800000 bytes,"
                        + " 2352 are there");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void bytesAfterTheLastImageAreRefused(boolean packed) throws IOException {
        Path file = file(packed, IdxBytes.images(1, 1, 1, new byte[2]));

        assertThatThrownBy(() -> IdxFile.readImages(file))
                .isInstanceOf(FormatException.class)
                .hasMessage(file + ", byte 17: there are bytes after the last of 1 images");
    }

    private Path file(boolean packed, byte[] bytes) throws IOException {
        return Files.write(folder.resolve("some-idx-ubyte"), packed ? IdxBytes.gzip(bytes) : bytes);
    }

    private static byte[] bytes(Random64 random, int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) random.nextInt(256);
        }
        return bytes;
    }
}
