package org.silhouettes.core.hashes;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.silhouettes.core.state.StreamImage;

/** The first training images of MNIST, where there is a copy next to this repository. */
final class MnistImages {

    private static final Path FOLDER = Path.of("../../shared/data/mnist");
    private static final int VALUES = 28 * 28;

    private MnistImages() {}

    static boolean areThere() {
        return Files.isReadable(FOLDER.resolve("train-images-idx3-ubyte.gz"));
    }

    static String missing() {
        return "skipped: no copy of MNIST in " + FOLDER;
    }

    static List<StreamImage> first(int count) throws IOException {
        List<StreamImage> stream = new ArrayList<>();
        try (DataInputStream images = open("train-images-idx3-ubyte.gz", 16);
                DataInputStream labels = open("train-labels-idx1-ubyte.gz", 8)) {
            for (int i = 0; i < count; i++) {
                byte[] samples = new byte[VALUES];
                images.readFully(samples);
                stream.add(new StreamImage(samples, Integer.toString(labels.readUnsignedByte()), "digit " + i, true));
            }
        }
        return stream;
    }

    private static DataInputStream open(String name, int header) throws IOException {
        DataInputStream in = new DataInputStream(new GZIPInputStream(Files.newInputStream(FOLDER.resolve(name))));
        in.skipNBytes(header);
        return in;
    }
}
