package org.silhouettes.producers.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.imaging.Picture;
import org.silhouettes.producers.format.FormatException;
import org.silhouettes.producers.format.PictureFile;
import org.silhouettes.wire.Headers;

/**
 * PNG and JPEG files in folders that are named by their class; files next to the class folders have no label. Images are
 * decoded when they are asked for. When an image was taken is when its file was last changed.
 */
final class FolderSource implements ImageSource {

    private record Entry(Path file, int classIndex) {}

    private final Path folder;
    private final boolean unsplit;
    private final List<String> classes = new ArrayList<>();
    private final List<Entry> pictures = new ArrayList<>();
    private final Optional<ImageSize> size;
    private final Shaping shaping;

    /**
     * Lists the folder and reads its first image.
     *
     * @throws IOException where the folder, or a class's folder, holds no image
     */
    FolderSource(Path path, DatasetOptions options) throws IOException {
        if (!Files.isDirectory(path)) {
            throw new NotDirectoryException(
                    path + " is not a folder: name one that holds folders of PNG or JPEG files");
        }
        // the layout in which many data sets come
        Path ofSplit = path.resolve(options.split().text());
        unsplit = !Files.isDirectory(path.resolve("train")) || !Files.isDirectory(path.resolve("test"));
        folder = unsplit ? path : ofSplit;
        for (Path entry : sorted(folder)) {
            if (Files.isDirectory(entry)) {
                addClass(entry);
            } else if (isPicture(entry)) {
                pictures.add(new Entry(entry, NO_CLASS));
            }
        }
        if (pictures.isEmpty()) {
            throw new IOException(folder + " holds neither PNG or JPEG files nor folders of them");
        }
        size = options.size();
        shaping = Shaping.of(PictureFile.read(pictures.get(0).file()).shape(), options);
    }

    private void addClass(Path entry) throws IOException {
        List<Path> files =
                sorted(entry).stream().filter(FolderSource::isPicture).toList();
        if (files.isEmpty()) {
            throw new IOException(entry + " holds no PNG or JPEG file: put the class's images into it or remove it");
        }
        String label = entry.getFileName().toString();
        int bytes = label.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > Headers.MAX_TEXT_BYTES) {
            throw new IOException(entry + " names a class in " + bytes + " bytes of UTF-8, a label has at most "
                    + Headers.MAX_TEXT_BYTES + ": rename the folder");
        }
        int classIndex = classes.size();
        classes.add(label);
        files.forEach(file -> pictures.add(new Entry(file, classIndex)));
    }

    private static List<Path> sorted(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> !entry.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new IOException(folder + " cannot be listed: " + PictureFile.cause(folder, e), e);
        }
    }

    private static boolean isPicture(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".png") || name.endsWith(".jpg") || name.endsWith(".jpeg");
    }

    @Override
    public String name() {
        return folder.toAbsolutePath().normalize().getFileName().toString();
    }

    @Override
    public List<String> classes() {
        return classes;
    }

    @Override
    public ImageShape shape() {
        return shaping.target();
    }

    @Override
    public long size() {
        return pictures.size();
    }

    @Override
    public int classOf(long index) {
        return pictures.get(Math.toIntExact(index)).classIndex();
    }

    @Override
    public boolean unsplit() {
        return unsplit;
    }

    @Override
    public Instant takenAt(long index) {
        Path file = pictures.get(Math.toIntExact(index)).file();
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    new IOException(file + " has no time of change: " + PictureFile.cause(file, e), e));
        }
    }

    @Override
    public LabelledImage image(long index) throws IOException {
        Entry entry = pictures.get(Math.toIntExact(index));
        Picture read = PictureFile.read(entry.file());
        ImageShape target = shaping.target();
        if (size.isEmpty()
                && (read.shape().height() != target.height() || read.shape().width() != target.width())) {
            throw new FormatException(
                    entry.file(),
                    0,
                    "the image is " + read.shape().height() + "x" + read.shape().width() + ", the folder's first is "
                            + target.height() + "x" + target.width() + ": give a size for all of them with --size");
        }
        return new LabelledImage(
                shaping.apply(read).samples(),
                target,
                label(entry.classIndex()),
                ImageIds.of(folder.relativize(entry.file()).toString().replace('\\', '/')),
                takenAt(index));
    }
}
