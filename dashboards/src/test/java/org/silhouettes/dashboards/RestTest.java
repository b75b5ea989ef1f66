package org.silhouettes.dashboards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.silhouettes.dashboards.testing.Digits;
import org.silhouettes.dashboards.testing.FakeJob;
import org.silhouettes.dashboards.testing.ServedHistory;
import org.silhouettes.dashboards.testing.Watchers;
import org.silhouettes.testkit.browser.RestClient;
import org.silhouettes.wire.Npy;

/** REST and the live feed over a real broker. */
class RestTest {

    @TempDir
    static Path folder;

    private static ServedHistory served;
    private static RestClient rest;

    @BeforeAll
    static void start() throws Exception {
        served = new ServedHistory(folder);
        rest = served.rest();
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    @Test
    void aDashboardStartedLaterKnowsTheWholeHistory() throws Exception {
        JsonNode versions = rest.json("/api/versions?model=digits").path("versions");
        assertThat(versions).extracting(v -> v.path("version").asLong()).containsExactly(0L, 20L, 40L, 60L, 80L, 100L);
        assertThat(versions).allMatch(v -> v.path("held").asBoolean());
        JsonNode series = rest.json("/api/series?model=digits");
        assertThat(series.path("version")).hasSize(11);
        assertThat(series.path("mse")).hasSize(11);
        assertThat(series.path("groupShare").path(0)).hasSize(3);
    }

    @Test
    void exactAtomsComeFromKafkaToTheLastBit() throws Exception {
        HttpResponse<byte[]> response = rest.get("/api/atoms.npy?model=digits&version=40");
        Npy.Array array = Npy.decode(response.body());
        assertThat(array.shape()).containsExactly(12, 28, 28, 1);
        assertThat(array.floats()).isEqualTo(served.job().dictionary(40).atoms());
    }

    @Test
    void aVersionBetweenSnapshotsIsTheEarlierOne() throws Exception {
        assertThat(rest.get("/api/atoms.npy?model=digits&version=59").body())
                .isEqualTo(rest.get("/api/atoms.npy?model=digits&version=40").body());
        assertThat(rest.json("/api/activity.json?model=digits&version=59")
                        .path("version")
                        .asLong())
                .isEqualTo(50);
        assertThat(rest.json("/api/activity.json?model=digits").path("version").asLong())
                .isEqualTo(100);
    }

    @Test
    void whatBelongsToAVersionIsCachedByItsHash() throws Exception {
        String sha = served.job().dictionary(40).sha256();
        HttpResponse<byte[]> first = rest.get("/api/atoms.bin?model=digits&version=40&sha=" + sha);
        String etag = first.headers().firstValue("ETag").orElseThrow();
        assertThat(etag).contains(sha);
        assertThat(first.headers().firstValue("Cache-Control")).hasValue("private, max-age=31536000, immutable");
        for (String known : List.of(etag, "\"another\", W/" + etag)) {
            HttpResponse<byte[]> again = rest.get("/api/atoms.bin?model=digits&version=40", "If-None-Match", known);
            assertThat(again.statusCode()).isEqualTo(304);
            assertThat(again.headers().firstValue("Cache-Control")).hasValue("no-cache");
        }
        assertThat(rest.get("/api/atoms.bin?model=digits&version=60", "If-None-Match", etag)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void atomsComeAsAPictureOfAllGroupsOrOfOne() throws Exception {
        var all = ImageIO.read(
                new ByteArrayInputStream(rest.get("/api/atoms.png?model=digits").body()));
        // atoms of 28 × 28 are magnified to 56 × 56 and have a gap of 2 around them
        assertThat(all.getWidth()).isEqualTo(4 * 58 + 2);
        assertThat(all.getHeight()).isEqualTo(3 * 58 + 2);
        var one = ImageIO.read(new ByteArrayInputStream(
                rest.get("/api/atoms.png?model=digits&group=2").body()));
        assertThat(one.getWidth()).isEqualTo(4 * 58 + 2);
        assertThat(one.getHeight()).isEqualTo(58 + 2);
    }

    @Test
    void theDiffOfAVersionWithItselfIsZeroAndWithAnEarlierOneIsNot() throws Exception {
        assertThat(rest.json("/api/diff?model=digits&from=40&to=40")
                        .path("mean")
                        .asDouble())
                .isLessThan(1e-6);
        JsonNode diff = rest.json("/api/diff?model=digits&from=0&to=100");
        assertThat(diff.path("movement")).hasSize(12);
        assertThat(diff.path("mean").asDouble()).isGreaterThan(0.1);
    }

    @Test
    void encodesAPictureLayerByLayer() throws Exception {
        HttpResponse<byte[]> response = rest.post(
                "/api/encode?model=digits&version=100&width=28&height=28&channels=1",
                "application/x-raw-image",
                Digits.draw(1, new Random(5)));
        JsonNode json = RestClient.json(response);
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
        String encode = "/api/encode?model=digits";
        byte[] text = "hello".getBytes(StandardCharsets.UTF_8);
        assertThat(error(rest.post(encode, "image/png; charset=utf-8", text), 422))
                .isEqualTo("not a PNG: the signature is missing");
        assertThat(error(rest.post(encode, "text/plain", text), 415))
                .isEqualTo("content type is \"text/plain\": send image/png, image/jpeg or application/x-raw-image (with"
                        + " width, height and channels in the query)");
        assertThat(error(rest.post(encode, "application/x-raw-image", text), 400))
                .isEqualTo("width is missing: give a whole number 1 … 2048 in the query");
        assertThat(error(rest.post(encode, "image/png", new byte[(4 << 20) + 1]), 413))
                .isEqualTo("the body is larger than 4194304 bytes: send a smaller picture");
    }

    @Test
    void aPictureThatWouldStopTheDecoderIsAnErrorLikeAnyOther() throws Exception {
        // 30000x30000 pixels behind a marker without a length, and 16x16 where a careless parser looks
        byte[] bomb = Base64.getDecoder()
                .decode("/9j/2wBDABAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQ"
                        + "EBD/xAAUAAEAAAAAAAAAAAAAAAAAAAAA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP8BABP/wAALCHUwdTABAREA//4AD//A"
                        + "AAsIABAAEAEBEQD/2gAIAQEAAD8AAAAAAAAAAAD/2Q==");
        assertThat(error(rest.post("/api/encode?model=digits", "image/jpeg", bomb), 422))
                .startsWith("JPEG is damaged: the marker ff 01");
    }

    @Test
    void distancesCompareSampledImagesInPixelsAndCodes() throws Exception {
        await().atMost(30, TimeUnit.SECONDS)
                .until(() -> rest.get("/api/distances.bin?model=digits").body().length > 2 * 60 * 60);
        byte[] body = rest.get("/api/distances.bin?model=digits").body();
        int length = ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN).getInt();
        JsonNode head = new ObjectMapper().readTree(body, 4, length);
        int n = head.path("labels").size();
        assertThat(n).isEqualTo(60);
        assertThat(body).hasSize(4 + length + 2 * n * n);
        assertThat(body[4 + length]).as("distance of an image to itself").isZero();
        assertThat(head.path("codes").path("distanceRatio").asDouble()).isPositive();
    }

    @Test
    void hostileNamesAreDataEverywhere() throws Exception {
        String name = URLEncoder.encode(ServedHistory.HOSTILE, StandardCharsets.UTF_8);
        assertThat(rest.json("/api/versions?model=" + name).path("versions")).hasSize(1);
        assertThat(rest.get("/api/atoms.png?model=" + name).statusCode()).isEqualTo(200);
        HttpResponse<byte[]> models = rest.get("/api/models");
        assertThat(models.headers().firstValue("Content-Type"))
                .hasValueSatisfying(t -> assertThat(t).startsWith("application/json"));
        assertThat(RestClient.json(models).path("models"))
                .anyMatch(model -> model.path("name").asText().equals(ServedHistory.HOSTILE));
    }

    @Test
    void wrongQuestionsGetAnAnswerThatSaysWhy() throws Exception {
        assertThat(error(rest.get("/api/versions"), 400)).isEqualTo("say which model: …?model=NAME");
        assertThat(error(rest.get("/api/versions?model=none"), 404))
                .isEqualTo("nothing of a model \"none\" is in Kafka: /api/models lists all");
        assertThat(error(rest.get("/api/atoms.bin?model=digits&version=x"), 400))
                .isEqualTo("version is \"x\", it must be a whole number from 0 on");
        assertThat(error(rest.get("/api/atoms.png?model=digits&group=9"), 400))
                .isEqualTo("group is \"9\", it must be a whole number 0 … 2");
        assertThat(error(rest.get("/api/atom-history.bin?model=digits"), 400))
                .isEqualTo("atom is missing: give a whole number 0 … 11 in the query");
        assertThat(error(rest.post("/api/models", "text/plain", new byte[0]), 405))
                .isEqualTo("/api/models does not take POST: see /openapi.json");
        assertThat(error(rest.get("/api/nothing"), 404))
                .isEqualTo("there is nothing at /api/nothing: the page is at /, and /api lists all else");
    }

    @Test
    void rejectsAndUnreadableRecordsAreCounted() throws Exception {
        JsonNode rejected = rest.json("/api/rejected");
        assertThat(rejected.path("count").asLong()).isEqualTo(1);
        assertThat(rejected.path("newest").path(0).path("reason").asText()).isEqualTo("<b>bad</b> picture");
        assertThat(rejected.path("newest").path(0).path("offset").asText()).isEqualTo("17");
        assertThat(rest.json("/api/status").path("unreadable").asLong()).isEqualTo(2);
    }

    @Test
    void fiftyClientsWatchAtOnceAndAllSeeWhatComes() throws Exception {
        try (Watchers watchers = new Watchers(served.dashboard().uri(), 50);
                FakeJob watched = served.newJob("watched", 1, "0")) {
            assertThat(rest.json("/api/status").path("clients").asInt()).isEqualTo(50);
            watchers.expect(110);
            long start = System.nanoTime();
            watched.snapshot(110);
            watched.flush();
            assertThat(watchers.await(110, start)).hasSize(50);
        }
    }

    @Test
    void aDeletedModelIsGone() throws Exception {
        try (FakeJob passing = served.newJob("passing", 1, "0")) {
            passing.snapshot(3);
            passing.flush();
            Awaitility.await().until(() -> names().contains("passing"));
            passing.delete();
            passing.flush();
            Awaitility.await().until(() -> !names().contains("passing"));
            assertThat(names()).contains("digits");
        }
    }

    private static List<String> names() throws Exception {
        List<String> names = new ArrayList<>();
        rest.json("/api/models")
                .path("models")
                .forEach(model -> names.add(model.path("name").asText()));
        return names;
    }

    @Test
    void everyRouteIsInTheOpenApiDocument() throws Exception {
        List<String> documented = new ArrayList<>();
        rest.json("/openapi.json").path("paths").fieldNames().forEachRemaining(documented::add);
        List<String> served = new ArrayList<>();
        rest.json("/api").path("paths").forEach(path -> served.add(path.asText()));
        assertThat(served).hasSizeGreaterThan(12);
        assertThat(documented).containsExactlyInAnyOrderElementsOf(served);
    }

    private static String error(HttpResponse<byte[]> response, int status) throws Exception {
        assertThat(response.statusCode()).isEqualTo(status);
        return RestClient.json(response).path("error").asText();
    }
}
