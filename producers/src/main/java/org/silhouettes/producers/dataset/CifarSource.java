package org.silhouettes.producers.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.producers.format.CifarFile;

/** CIFAR-10 from the files of its binary version, in RGB. */
final class CifarSource implements ImageSource {

    private static final List<String> CLASSES =
            List.of("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

    private final Split split;
    private final List<CifarFile> files = new ArrayList<>();
    private final int imagesPerFile;

    /** @param imagesPerFile images that every file has to hold */
    CifarSource(Split split, List<Path> paths, int imagesPerFile) throws IOException {
        this.split = split;
        this.imagesPerFile = imagesPerFile;
        for (Path path : paths) {
            files.add(CifarFile.open(path, imagesPerFile, CLASSES.size()));
        }
    }

    @Override
    public String name() {
        return "cifar10";
    }

    @Override
    public List<String> classes() {
        return CLASSES;
    }

    @Override
    public ImageShape shape() {
        return CifarFile.SHAPE;
    }

    @Override
    public long size() {
        return (long) files.size() * imagesPerFile;
    }

    @Override
    public int classOf(long index) {
        return file(index).label((int) (index % imagesPerFile));
    }

    @Override
    public LabelledImage image(long index) {
        return new LabelledImage(
                file(index).samples((int) (index % imagesPerFile)),
                CifarFile.SHAPE,
                label(classOf(index)),
                "cifar10/" + split.text() + "/" + index);
    }

    private CifarFile file(long index) {
        return files.get(Math.toIntExact(index / imagesPerFile));
    }
}
