package org.silhouettes.producers.fetch;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Finds the files of CIFAR-10's binary version, else fetches the archive from its home page, holds it against the
 * published MD5 and unpacks it into the cache. Files that are found are used as they are; their reader checks
 * their sizes.
 */
public final class CifarFiles {

    private static final String FOLDER = "cifar-10-batches-bin";
    private static final String REMEDY =
            "Put its binary version's *.bin files into a folder and name it with --dataset-dir or "
                    + "SILHOUETTES_DATA.";

    private static final List<String> TRAIN = IntStream.rangeClosed(1, 5)
            .mapToObj(i -> "data_batch_" + i + ".bin")
            .toList();
    private static final List<String> TEST = List.of("test_batch.bin");

    /** The archive: its MD5, and the most bytes that it and each file in it may have. */
    record Archive(String md5, long maxBytes, long maxFileBytes) {}

    private static final Archive OFFICIAL = new Archive("c32a1d4ab5d03f1284b67883e8d87530", 180_000_000, 30_730_000);

    private final DataPlaces places;
    private final Consumer<String> notices;
    private final List<String> tried = new ArrayList<>();

    private CifarFiles(DataPlaces places, Consumer<String> notices) {
        this.places = places;
        this.notices = notices;
    }

    /**
     * The files of the training split (five) or of the test split (one), in order.
     *
     * @param notices told in one line each what takes time
     * @throws DataUnavailableException where they are nowhere and cannot be fetched
     */
    public static List<Path> locate(boolean train, DataPlaces places, Consumer<String> notices) throws IOException {
        return locate(OFFICIAL, train, places, notices);
    }

    static List<Path> locate(Archive archive, boolean train, DataPlaces places, Consumer<String> notices)
            throws IOException {
        return new CifarFiles(places, notices).locate(archive, train ? TRAIN : TEST);
    }

    private List<Path> locate(Archive archive, List<String> names) throws IOException {
        CacheFolder cache = new CacheFolder(places.cache().resolve("cifar10"));
        Optional<List<Path>> found = inFolder(cache.folder(), names);
        for (Path folder : places.folders()) {
            for (Path candidate : List.of(
                    folder,
                    folder.resolve(FOLDER),
                    folder.resolve("cifar10"),
                    folder.resolve("cifar10").resolve(FOLDER))) {
                found = found.isPresent() ? found : inFolder(candidate, names);
            }
        }
        return found.isPresent() ? found.get() : fetched(archive, cache, names);
    }

    private Optional<List<Path>> inFolder(Path folder, List<String> names) {
        List<Path> files = names.stream().map(folder::resolve).toList();
        Optional<Path> missing =
                files.stream().filter(file -> !Files.isRegularFile(file)).findFirst();
        missing.ifPresent(file -> tried.add(folder + ": has no " + file.getFileName()));
        return missing.isPresent() ? Optional.empty() : Optional.of(files);
    }

    private List<Path> fetched(Archive archive, CacheFolder cache, List<String> names) throws IOException {
        if (places.cifar10().isEmpty()) {
            throw unavailable();
        }
        URI address = places.cifar10().get();
        try {
            cache.fill(work -> {
                // another process may have filled the cache while this one waited for the lock
                Optional<List<Path>> filled = new CifarFiles(places, notices).inFolder(cache.folder(), names);
                return filled.isPresent() ? List.of() : fetch(archive, address, work);
            });
        } catch (IOException e) {
            tried.add(address + ": " + e.getMessage());
            throw unavailable();
        }
        return inFolder(cache.folder(), names).orElseThrow(this::unavailable);
    }

    private List<Path> fetch(Archive archive, URI address, Path work) throws IOException {
        notices.accept("fetching CIFAR-10 (170 MB) from " + address);
        Path packed = work.resolve("archive.tar.gz");
        Download.fetch(address, packed, archive.maxBytes(), places);
        String md5 = Checksum.of(packed, "MD5");
        if (!md5.equals(archive.md5())) {
            throw new IOException("it has MD5 " + md5 + ", CIFAR-10's is " + archive.md5());
        }
        Map<String, Path> wanted = new LinkedHashMap<>();
        Stream.concat(TRAIN.stream(), TEST.stream())
                .forEach(name -> wanted.put(FOLDER + "/" + name, work.resolve(name)));
        int found = TarGz.extract(packed, wanted, archive.maxFileBytes());
        if (found != wanted.size()) {
            throw new IOException("only " + found + " of " + wanted.size() + " files are in the archive");
        }
        return List.copyOf(wanted.values());
    }

    private DataUnavailableException unavailable() {
        return new DataUnavailableException("CIFAR-10", tried, REMEDY);
    }
}
