package org.silhouettes.producers.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.silhouettes.producers.format.IdxBytes;

class CifarFilesTest {

    @TempDir
    Path folder;

    private byte[] archive = archive(Map.of());
    private HttpServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/cifar-10-binary.tar.gz", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, archive.length);
                exchange.getResponseBody().write(archive);
            }
        });
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    @Test
    void theArchiveIsUnpackedIntoTheCache() throws IOException {
        List<Path> train = locate(md5(archive));

        assertThat(train).hasSize(5).allSatisfy(file -> assertThat(file)
                .hasParent(folder.resolve("cache/cifar10"))
                .hasContent("content of " + file.getFileName()));
        assertThat(folder.resolve("cache/cifar10/test_batch.bin")).exists();
    }

    @Test
    void anotherArchiveThanThePublishedIsRefusedAndNothingStays() throws IOException {
        String other = "0".repeat(32);

        assertThatThrownBy(() -> locate(other))
                .isInstanceOf(DataUnavailableException.class)
                .hasMessageContaining(address() + ": it has MD5 " + md5(archive) + ", CIFAR-10's is " + other);

        try (Stream<Path> left = Files.list(folder.resolve("cache/cifar10"))) {
            assertThat(left).containsExactly(folder.resolve("cache/cifar10/.lock"));
        }
    }

    @Test
    void anArchiveThatLacksAFileOrHoldsTooLargeAOneIsRefused() {
        archive = archive(Map.of("data_batch_3.bin", ""));
        assertThatThrownBy(() -> locate(md5(archive))).hasMessageContaining("only 5 of 6 files are in the archive");

        archive = archive(Map.of("data_batch_3.bin", "x".repeat(200)));
        assertThatThrownBy(() -> locate(md5(archive)))
                .hasMessageContaining(
                        "entry cifar-10-batches-bin/data_batch_3.bin has 200 bytes, at most 100 are taken");
    }

    private List<Path> locate(String md5) throws IOException {
        DataPlaces places = new DataPlaces(
                List.of(folder.resolve("data")),
                folder.resolve("cache"),
                List.of(),
                Optional.of(address()),
                Optional.empty(),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Duration.ofSeconds(5));
        return CifarFiles.locate(new CifarFiles.Archive(md5, 100_000, 100), true, places, notice -> {});
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/cifar-10-binary.tar.gz");
    }

    /** @param instead other contents for some files; an empty one leaves the file out */
    private static byte[] archive(Map<String, String> instead) {
        Map<String, byte[]> files = new TreeMap<>();
        Stream.of("data_batch_1", "data_batch_2", "data_batch_3", "data_batch_4", "data_batch_5", "test_batch")
                .map(name -> name + ".bin")
                .filter(name -> !instead.getOrDefault(name, "content").isEmpty())
                .forEach(name -> files.put(
                        name, instead.getOrDefault(name, "content of " + name).getBytes(StandardCharsets.UTF_8)));
        return IdxBytes.gzip(TarBytes.of("cifar-10-batches-bin/", files));
    }

    private static String md5(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
