package org.silhouettes.producers.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.silhouettes.imaging.Fit;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.producers.format.FormatException;
import org.silhouettes.wire.Headers;

class FolderSourceTest {

    private static final DatasetOptions OPTIONS = DatasetOptions.usual();

    @TempDir
    Path folder;

    @Test
    void foldersAreClassesAndFilesComeByName() throws IOException {
        picture("dog/b.png", 4, 4, 20);
        picture("dog/a.JPG", 4, 4, 10);
        picture("cat/z.png", 4, 4, 30);
        picture("loose.png", 4, 4, 40);
        Files.writeString(folder.resolve("dog/notes.txt"), "not an image");
        Files.createDirectories(folder.resolve(".hidden"));

        ImageSource source = open(OPTIONS);

        assertThat(source.classes()).containsExactly("cat", "dog");
        assertThat(source.shape()).isEqualTo(new ImageShape(4, 4, 1));
        assertThat(images(source).stream().map(LabelledImage::id))
                .containsExactly("cat/z.png", "dog/a.JPG", "dog/b.png", "loose.png");
        assertThat(images(source).stream().map(LabelledImage::label)).containsExactly("cat", "dog", "dog", null);
        assertThat(images(source).get(2).samples()).containsOnly(20);
    }

    @Test
    void aPathThatIsTooLongForAnIdIsShortenedAndStaysItsOwn() throws IOException {
        String name = "é".repeat(119);
        picture("cat/" + name + "1.png", 4, 4, 10);
        picture("cat/" + name + "2.png", 4, 4, 20);
        picture("cat/" + "x".repeat(192) + ".png", 4, 4, 30);

        List<String> ids = images(open(OPTIONS)).stream().map(LabelledImage::id).toList();

        assertThat(ids).doesNotHaveDuplicates().contains("cat/" + "x".repeat(192) + ".png");
        assertThat(ids).allSatisfy(id -> assertThat(id.getBytes(StandardCharsets.UTF_8))
                .hasSizeBetween(199, Headers.MAX_TEXT_BYTES));
        assertThat(ids).anySatisfy(id -> assertThat(id).matches("[0-9a-f]{16}…é+1\\.png"));
        assertThat(images(open(OPTIONS)).stream().map(LabelledImage::id)).containsExactlyElementsOf(ids);
    }

    @Test
    void aClassWhoseNameIsTooLongForALabelIsRefusedByName() throws IOException {
        picture("x".repeat(201) + "/1.png", 4, 4, 10);
        assertThatThrownBy(() -> open(OPTIONS)).hasMessageContaining("201 bytes of UTF-8, a label has at most 200");
    }

    @Test
    void aDanglingLinkIsNamedWithItsCause() throws IOException {
        picture("cat/1.png", 4, 4, 10);
        Path link = Files.createSymbolicLink(folder.resolve("cat/2.png"), folder.resolve("nowhere"));
        ImageSource source = open(OPTIONS);
        assertThatThrownBy(() -> source.image(1)).hasMessageStartingWith(link + " cannot be read: it is a link");
        assertThatThrownBy(() -> source.takenAt(1)).hasMessageContaining("it is a link to a file that does not exist");
    }

    @Test
    void theSplitChoosesWhereThereAreTwo() throws IOException {
        picture("train/cat/1.png", 4, 4, 10);
        picture("test/cat/2.png", 4, 4, 10);

        assertThat(images(open(OPTIONS)).get(0).id()).isEqualTo("cat/1.png");
        assertThat(images(open(OPTIONS.withSplit(Split.TEST))).get(0).id()).isEqualTo("cat/2.png");
    }

    @Test
    void anySizeIsBroughtToTheOneThatIsAskedFor() throws IOException {
        picture("cat/1.png", 4, 9, 10);
        picture("cat/2.png", 20, 10, 20);

        List<LabelledImage> images =
                images(open(OPTIONS.withSize(ImageSize.parse("6x8"), Fit.CROP).withColour(Colour.RGB)));

        assertThat(images).allSatisfy(image -> {
            assertThat(image.shape()).isEqualTo(new ImageShape(6, 8, 3));
            assertThat(image.samples()).hasSize(144);
        });
        assertThat(images.get(1).samples()).containsOnly(20);
    }

    @Test
    void anotherSizeThanTheFirstIsRefusedByNameWhereNoneIsAskedFor() throws IOException {
        picture("cat/1.png", 4, 4, 10);
        picture("cat/2.png", 4, 5, 10);
        ImageSource source = open(OPTIONS);

        assertThatThrownBy(() -> source.image(1))
                .isInstanceOf(FormatException.class)
                .hasMessage(
                        folder.resolve("cat/2.png") + ", byte 0: the image is 4x5, the folder's first is 4x4: give a"
                                + " size for all of them with --size");
    }

    @Test
    void anImageWasTakenWhenItsFileWasChanged() throws IOException {
        picture("cat/1.png", 4, 4, 10);
        Instant taken = Instant.parse("2024-03-01T12:00:00Z");
        Files.setLastModifiedTime(folder.resolve("cat/1.png"), FileTime.from(taken));

        assertThat(open(OPTIONS).takenAt(0)).isEqualTo(taken);
        assertThat(open(OPTIONS).image(0).takenAt()).isEqualTo(taken);
    }

    @Test
    void emptyFoldersAreRefusedByName() throws IOException {
        assertThatThrownBy(() -> open(OPTIONS))
                .isInstanceOf(IOException.class)
                .hasMessage(folder + " holds neither PNG or JPEG files nor folders of them");

        picture("cat/1.png", 4, 4, 10);
        Path empty = Files.createDirectories(folder.resolve("dog"));
        assertThatThrownBy(() -> open(OPTIONS))
                .isInstanceOf(IOException.class)
                .hasMessage(empty + " holds no PNG or JPEG file: put the class's images into it or remove it");

        Path nowhere = folder.resolve("nowhere");
        assertThatThrownBy(() -> Datasets.open("folder:" + nowhere, OPTIONS))
                .isInstanceOf(NotDirectoryException.class)
                .hasMessage(nowhere + " is not a folder: name one that holds folders of PNG or JPEG files");
    }

    private ImageSource open(DatasetOptions options) throws IOException {
        return Datasets.open("folder:" + folder, options);
    }

    private static List<LabelledImage> images(ImageSource source) {
        return IntStream.range(0, (int) source.size())
                .mapToObj(i -> {
                    try {
                        return source.image(i);
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                })
                .toList();
    }

    private void picture(String name, int height, int width, int gray) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        Arrays.fill(((java.awt.image.DataBufferByte) image.getRaster().getDataBuffer()).getData(), (byte) gray);
        assertThat(ImageIO.write(image, name.endsWith(".png") ? "png" : "jpg", file.toFile()))
                .isTrue();
    }
}
