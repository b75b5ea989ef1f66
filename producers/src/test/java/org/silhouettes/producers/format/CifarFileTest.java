package org.silhouettes.producers.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.silhouettes.linalg.Random64;

class CifarFileTest {

    private static final int RECORD = 3073;

    @TempDir
    Path folder;

    @Test
    void planesBecomePixels() throws IOException {
        byte[] bytes = records(3);
        CifarFile file = CifarFile.open(write(bytes), 3, 10);

        for (int image = 0; image < 3; image++) {
            byte[] samples = file.samples(image);
            assertThat(file.label(image)).isEqualTo(image);
            for (int pixel : new int[] {0, 1, 31, 32, 1023}) {
                for (int channel = 0; channel < 3; channel++) {
                    assertThat(samples[3 * pixel + channel])
                            .isEqualTo(bytes[image * RECORD + 1 + 1024 * channel + pixel]);
                }
            }
        }
    }

    @Test
    void aFileOfAnyOtherSizeIsRefused() throws IOException {
        for (int length : new int[] {0, 1, RECORD, 3 * RECORD - 1, 3 * RECORD + 1, 4 * RECORD}) {
            Path file = write(Arrays.copyOf(records(4), length));

            assertThatThrownBy(() -> CifarFile.open(file, 3, 10))
                    .isInstanceOf(FormatException.class)
                    .hasMessage(file + ", byte " + Math.min(length, 3 * RECORD) + ": the file has " + length
                            + " bytes, 3 images of 3073 bytes each have 9219");
        }
    }

    @Test
    void aLabelOutOfRangeIsRefusedWhereItStands() throws IOException {
        byte[] bytes = records(3);
        bytes[2 * RECORD] = (byte) 200;
        Path file = write(bytes);

        assertThatThrownBy(() -> CifarFile.open(file, 3, 10))
                .isInstanceOf(FormatException.class)
                .hasMessage(file + ", byte 6146: label is 200, it must be 0 to 9");
    }

    private Path write(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("some_batch.bin"), bytes);
    }

    private static byte[] records(int count) {
        Random64 random = new Random64(4);
        byte[] bytes = new byte[count * RECORD];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i % RECORD == 0 ? i / RECORD : random.nextInt(256));
        }
        return bytes;
    }
}
