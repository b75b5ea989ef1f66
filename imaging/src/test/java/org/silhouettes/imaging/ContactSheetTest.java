package org.silhouettes.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContactSheetTest {

    private final PictureDecoder decoder = new PictureDecoder(PictureLimits.DEFAULTS);

    @Test
    void atomsAreDrawnInTheirOrderZeroInMidGrayAndTheLargestInBlackOrWhite() throws Exception {
        ImageShape image = new ImageShape(60, 60, 1);
        float[] atoms = new float[2 * 60 * 60];
        atoms[0] = -0.5f;
        atoms[1] = 0.25f;
        atoms[3600] = 2f;
        Picture sheet = decoder.png(ContactSheet.atoms(atoms, image));
        assertThat(sheet.shape()).isEqualTo(new ImageShape(64, 126, 1));
        assertThat(at(sheet, 2, 2)).isEqualTo(1);
        assertThat(at(sheet, 2, 3)).isEqualTo(192);
        assertThat(at(sheet, 2, 4)).isEqualTo(128);
        assertThat(at(sheet, 2, 64)).isEqualTo(255);
        assertThat(at(sheet, 0, 0)).isEqualTo(24);
    }

    @Test
    void smallPicturesAreMagnifiedByAWholeNumber() throws Exception {
        float[] tile = {0, 1, 0.5f, 2};
        Picture sheet =
                decoder.png(ContactSheet.png(List.of(tile), new ImageShape(2, 2, 1), 1, ContactSheet.Tone.UNIT));
        assertThat(sheet.shape()).isEqualTo(new ImageShape(60, 60, 1));
        assertThat(at(sheet, 2, 2)).isZero();
        assertThat(at(sheet, 29, 29)).isZero();
        assertThat(at(sheet, 29, 30)).isEqualTo(255);
        assertThat(at(sheet, 30, 29)).isEqualTo(128);
        assertThat(at(sheet, 57, 57)).as("clipped").isEqualTo(255);
    }

    @Test
    void aClassHasItsMeanImageAboveItsMeanReconstruction() throws Exception {
        ImageShape image = new ImageShape(56, 56, 3);
        float[] black = new float[image.values()];
        float[] white = new float[image.values()];
        Arrays.fill(white, 1);
        Picture sheet = decoder.png(ContactSheet.classes(List.of(black, white), List.of(white, black), image));
        assertThat(sheet.shape()).isEqualTo(new ImageShape(118, 118, 3));
        assertThat(at(sheet, 10, 3 * 10)).isZero();
        assertThat(at(sheet, 10, 3 * 70)).isEqualTo(255);
        assertThat(at(sheet, 70, 3 * 10)).isEqualTo(255);
        assertThat(at(sheet, 70, 3 * 70)).isZero();
    }

    @Test
    void theSameDictionaryGivesTheSameBytes() {
        float[] atoms = new float[6 * 25];
        for (int i = 0; i < atoms.length; i++) {
            atoms[i] = (float) Math.sin(i);
        }
        ImageShape image = new ImageShape(5, 5, 1);
        assertThat(ContactSheet.atoms(atoms, 3, image)).isEqualTo(ContactSheet.atoms(atoms.clone(), 3, image));
    }

    private static int at(Picture picture, int row, int column) {
        return picture.samples()[row * picture.shape().width() * picture.shape().channels() + column] & 0xff;
    }

    @Test
    void classesThatFitGiveASheetWithinItsBoundAndHalfAsManyMoreDoNot() {
        for (ImageShape image : new ImageShape[] {
            new ImageShape(1, 1, 1),
            new ImageShape(28, 28, 1),
            new ImageShape(300, 200, 3),
            new ImageShape(1100, 700, 3)
        }) {
            int fit = ContactSheet.classesThatFit(image);
            assertThat(ContactSheet.bytesOfClasses(image, fit) - 4.0 * fit * image.values())
                    .as("%s", image)
                    .isLessThanOrEqualTo(3 * (1 << 23));
            // gaps between rows are counted twice, which shows where pictures are a pixel
            int more = fit + fit / 2 + 10;
            assertThat(ContactSheet.bytesOfClasses(image, more) - 4.0 * more * image.values())
                    .as("%s", image)
                    .isGreaterThan(3 * (1 << 23));
        }
        assertThat(ContactSheet.classesThatFit(new ImageShape(5000, 5000, 3))).isZero();
    }
}
