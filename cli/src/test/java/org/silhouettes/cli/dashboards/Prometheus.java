package org.silhouettes.cli.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A Prometheus of this machine that scrapes one address by the project's own configuration, ten times as often. */
final class Prometheus implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final int port;

    /** A program of Prometheus' own on the PATH. */
    static Optional<Path> program(String name) {
        return Arrays.stream(System.getenv("PATH").split(":"))
                .map(place -> Path.of(place, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    Prometheus(Path program, Path folder, int port, int scraped) throws IOException {
        this.port = port;
        String configuration = Files.readString(Provisioning.FOLDER.resolve("prometheus/prometheus.yml"))
                .replace(
                        "/etc/prometheus/alerts.yml",
                        Provisioning.ALERTS.toRealPath().toString())
                .replaceAll("targets: .*", "targets: [\"127.0.0.1:" + scraped + "\"]")
                .replace("interval: 10s", "interval: 1s");
        Path file = Files.writeString(folder.resolve("prometheus.yml"), configuration);
        process = new ProcessBuilder(
                        program.toString(),
                        "--config.file=" + file,
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("prometheus.log").toFile())
                .start();
    }

    /** What an expression is now: a result a series. */
    JsonNode query(String expression) throws IOException, InterruptedException {
        return ask("query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8))
                .path("result");
    }

    /** All alerts that are pending or raised. */
    JsonNode alerts() throws IOException, InterruptedException {
        return ask("alerts").path("alerts");
    }

    private JsonNode ask(String what) throws IOException, InterruptedException {
        URI address = URI.create("http://127.0.0.1:" + port + "/api/v1/" + what);
        String answer = http.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
                .body();
        return JSON.readTree(answer).path("data");
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
