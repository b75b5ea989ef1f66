package org.silhouettes.dashboards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Scanner;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.silhouettes.core.wire.Npy;
import org.silhouettes.core.wire.Topics;
import org.silhouettes.dashboards.testing.Digits;
import org.silhouettes.dashboards.testing.FakeJob;
import org.silhouettes.dashboards.testing.TestBroker;

/** REST and the live feed over a real broker. */
class RestTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HOSTILE = "../<script>alert(1)</script>/%2e\"'& ü;\u2028";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    static Path folder;

    private static TestBroker broker;
    private static FakeJob job;
    private static Dashboard dashboard;

    @BeforeAll
    static void start() throws Exception {
        broker = new TestBroker(folder);
        broker.createTopics("images", "dictionaries", "activity", "rejected");
        job = new FakeJob(broker.bootstrapServers(), "digits", 4, "0", "1", "2");
        for (int i = 0; i < 60; i++) {
            job.image(i % 3);
        }
        for (long version = 0; version <= 100; version += 10) {
            if (version % 20 == 0) {
                job.snapshot(version);
            } else {
                job.activity(version);
            }
        }
        job.rejected("<b>bad</b> picture");
        job.send(Topics.DICTIONARIES, "digits/0", new byte[] {1, 2, 3}, Map.of("model", "digits"));
        job.send(Topics.ACTIVITY, "digits", "not json".getBytes(StandardCharsets.UTF_8), Map.of());
        job.flush();
        try (FakeJob hostile =
                new FakeJob(broker.bootstrapServers(), HOSTILE, 2, "a", "<img src=x onerror=alert(1)>")) {
            hostile.snapshot(0);
            hostile.flush();
        }
        dashboard =
                Dashboard.start(DashboardSettings.of(broker.bootstrapServers()).withPort(0));
        await().atMost(60, TimeUnit.SECONDS)
                .until(() -> json("/api/models").path("models").size() == 2
                        && json("/api/status").path("progress").asDouble() == 1);
    }

    @AfterAll
    static void stop() {
        dashboard.close();
        job.close();
        broker.close();
    }

    @Test
    void aDashboardStartedLaterKnowsTheWholeHistory() throws Exception {
        JsonNode versions = json("/api/versions?model=digits").path("versions");
        assertThat(versions).extracting(v -> v.path("version").asLong()).containsExactly(0L, 20L, 40L, 60L, 80L, 100L);
        assertThat(versions).allMatch(v -> v.path("held").asBoolean());
        JsonNode series = json("/api/series?model=digits");
        assertThat(series.path("version")).hasSize(11);
        assertThat(series.path("mse")).hasSize(11);
        assertThat(series.path("groupShare").path(0)).hasSize(3);
    }

    @Test
    void exactAtomsComeFromKafkaToTheLastBit() throws Exception {
        HttpResponse<byte[]> response = get("/api/atoms.npy?model=digits&version=40");
        Npy.Array array = Npy.decode(response.body());
        assertThat(array.shape()).containsExactly(12, 28, 28, 1);
        assertThat(array.floats()).isEqualTo(job.dictionary(40).atoms());
    }

    @Test
    void aVersionBetweenSnapshotsIsTheEarlierOne() throws Exception {
        assertThat(get("/api/atoms.npy?model=digits&version=59").body())
                .isEqualTo(get("/api/atoms.npy?model=digits&version=40").body());
        assertThat(json("/api/activity.json?model=digits&version=59")
                        .path("version")
                        .asLong())
                .isEqualTo(50);
        assertThat(json("/api/activity.json?model=digits").path("version").asLong())
                .isEqualTo(100);
    }

    @Test
    void whatBelongsToAVersionIsCachedByItsHash() throws Exception {
        String sha = job.dictionary(40).sha256();
        HttpResponse<byte[]> first = get("/api/atoms.bin?model=digits&version=40&sha=" + sha);
        String etag = first.headers().firstValue("ETag").orElseThrow();
        assertThat(etag).contains(sha);
        assertThat(first.headers().firstValue("Cache-Control")).hasValue("private, max-age=31536000, immutable");
        HttpRequest again = request("/api/atoms.bin?model=digits&version=40")
                .header("If-None-Match", etag)
                .build();
        HttpResponse<byte[]> second = HTTP.send(again, HttpResponse.BodyHandlers.ofByteArray());
        assertThat(second.statusCode()).isEqualTo(304);
        assertThat(second.headers().firstValue("Cache-Control")).hasValue("no-cache");
    }

    @Test
    void atomsComeAsAPictureOfAllGroupsOrOfOne() throws Exception {
        var all = ImageIO.read(
                new ByteArrayInputStream(get("/api/atoms.png?model=digits").body()));
        assertThat(all.getWidth()).isEqualTo(4 * 29 - 1);
        assertThat(all.getHeight()).isEqualTo(3 * 29 - 1);
        var one = ImageIO.read(new ByteArrayInputStream(
                get("/api/atoms.png?model=digits&group=2").body()));
        assertThat(one.getHeight()).isEqualTo(28);
    }

    @Test
    void theDiffOfAVersionWithItselfIsZeroAndWithAnEarlierOneIsNot() throws Exception {
        assertThat(json("/api/diff?model=digits&from=40&to=40").path("mean").asDouble())
                .isLessThan(1e-6);
        JsonNode diff = json("/api/diff?model=digits&from=0&to=100");
        assertThat(diff.path("movement")).hasSize(12);
        assertThat(diff.path("mean").asDouble()).isGreaterThan(0.1);
    }

    @Test
    void encodesAPictureLayerByLayer() throws Exception {
        byte[] digit = Digits.draw(1, new Random(5));
        HttpRequest post = request("/api/encode?model=digits&version=100&width=28&height=28&channels=1")
                .header("Content-Type", "application/x-raw-image")
                .POST(HttpRequest.BodyPublishers.ofByteArray(digit))
                .build();
        HttpResponse<byte[]> response = HTTP.send(post, HttpResponse.BodyHandlers.ofByteArray());
        JsonNode json = JSON.readTree(response.body());
        assertThat(response.statusCode()).as(json.toString()).isEqualTo(200);
        assertThat(json.path("layers")).hasSize(15);
        assertThat(json.path("lambda").asDouble()).isEqualTo(0.5);
        double last = json.path("layers").path(14).path("mse").asDouble();
        assertThat(last).isLessThan(json.path("mseOfMean").asDouble());
        assertThat(json.path("units").size()).isPositive();
        assertThat(json.path("layers").path(14).path("reconstruction").binaryValue())
                .hasSize(784);
    }

    @Test
    void saysWhatIsWrongWithAPicture() throws Exception {
        HttpRequest broken = request("/api/encode?model=digits")
                .header("Content-Type", "image/png")
                .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[] {1, 2, 3}))
                .build();
        assertThat(HTTP.send(broken, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(422);
        HttpRequest text = request("/api/encode?model=digits")
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString("hello"))
                .build();
        assertThat(HTTP.send(text, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(415);
    }

    @Test
    void distancesCompareSampledImagesInPixelsAndCodes() throws Exception {
        await().atMost(30, TimeUnit.SECONDS)
                .until(() -> get("/api/distances.bin?model=digits").body().length > 2 * 60 * 60);
        byte[] body = get("/api/distances.bin?model=digits").body();
        int length = java.nio.ByteBuffer.wrap(body)
                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .getInt();
        JsonNode head = JSON.readTree(new String(body, 4, length, StandardCharsets.UTF_8));
        int n = head.path("labels").size();
        assertThat(n).isEqualTo(60);
        assertThat(body).hasSize(4 + length + 2 * n * n);
        assertThat(body[4 + length]).as("distance of an image to itself").isZero();
        assertThat(head.path("codes").path("distanceRatio").asDouble()).isPositive();
    }

    @Test
    void hostileNamesAreDataEverywhere() throws Exception {
        String name = URLEncoder.encode(HOSTILE, StandardCharsets.UTF_8);
        assertThat(json("/api/versions?model=" + name).path("versions")).hasSize(1);
        assertThat(get("/api/atoms.png?model=" + name).statusCode()).isEqualTo(200);
        HttpResponse<byte[]> models = get("/api/models");
        assertThat(models.headers().firstValue("Content-Type"))
                .hasValueSatisfying(t -> assertThat(t).startsWith("application/json"));
        assertThat(JSON.readTree(models.body()).path("models"))
                .anyMatch(model -> model.path("name").asText().equals(HOSTILE));
    }

    @Test
    void wrongQuestionsGetAnAnswerThatSaysWhy() throws Exception {
        assertThat(error("/api/versions", 400)).isEqualTo("say which model: …?model=NAME");
        assertThat(error("/api/versions?model=none", 404)).isEqualTo("no model of that name has been seen");
        assertThat(error("/api/atoms.bin?model=digits&version=x", 400))
                .isEqualTo("version must be a whole number from 0 to 9223372036854775807");
        assertThat(error("/api/atoms.png?model=digits&group=9", 400))
                .isEqualTo("group must be a whole number from 0 to 2");
        assertThat(error("/api/nothing", 404)).isEqualTo("no such page");
    }

    @Test
    void rejectsAndUnreadableRecordsAreCounted() throws Exception {
        JsonNode rejected = json("/api/rejected");
        assertThat(rejected.path("count").asLong()).isEqualTo(1);
        assertThat(rejected.path("newest").path(0).path("reason").asText()).isEqualTo("<b>bad</b> picture");
        assertThat(rejected.path("newest").path(0).path("offset").asText()).isEqualTo("17");
        assertThat(json("/api/status").path("unreadable").asLong()).isEqualTo(2);
    }

    @Test
    void fiftyClientsWatchAtOnceAndAllSeeWhatComes() throws Exception {
        ExecutorService watchers = Executors.newFixedThreadPool(50);
        try {
            List<Future<String>> seen = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                seen.add(watchers.submit(RestTest::firstNews));
            }
            await().atMost(30, TimeUnit.SECONDS)
                    .until(() -> json("/api/status").path("clients").asInt() >= 50);
            try (FakeJob watched = new FakeJob(broker.bootstrapServers(), "watched", 1, "0")) {
                watched.activity(110);
                watched.flush();
            }
            for (Future<String> one : seen) {
                assertThat(one.get(30, TimeUnit.SECONDS)).contains("\"activityVersion\":110");
            }
        } finally {
            watchers.shutdownNow();
        }
    }

    /** Watches until the model's 110th version is told of. */
    private static String firstNews() throws Exception {
        HttpResponse<InputStream> response =
                HTTP.send(request("/api/live").build(), HttpResponse.BodyHandlers.ofInputStream());
        try (Scanner lines = new Scanner(response.body(), StandardCharsets.UTF_8)) {
            while (lines.hasNextLine()) {
                String line = lines.nextLine();
                if (line.startsWith("data:") && line.contains("\"activityVersion\":110")) {
                    return line;
                }
            }
        }
        throw new AssertionError("the feed ended");
    }

    @Test
    void everyRouteIsInTheOpenApiDocument() throws Exception {
        List<String> documented = new ArrayList<>();
        json("/openapi.json").path("paths").fieldNames().forEachRemaining(documented::add);
        List<String> served = new ArrayList<>();
        json("/api").path("paths").forEach(path -> served.add(path.asText()));
        assertThat(served).hasSizeGreaterThan(12);
        assertThat(documented).containsExactlyInAnyOrderElementsOf(served);
    }

    private static String error(String path, int status) throws Exception {
        HttpResponse<byte[]> response = get(path);
        assertThat(response.statusCode()).isEqualTo(status);
        return JSON.readTree(response.body()).path("error").asText();
    }

    private static JsonNode json(String path) throws Exception {
        return JSON.readTree(get(path).body());
    }

    private static HttpResponse<byte[]> get(String path) throws Exception {
        return HTTP.send(request(path).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static HttpRequest.Builder request(String path) {
        URI uri = URI.create(dashboard.uri().toString().replaceAll("/$", "") + path);
        return HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30));
    }
}
