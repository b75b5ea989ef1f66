package org.silhouettes.dashboards.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.silhouettes.dashboards.Dashboard;
import org.silhouettes.dashboards.settings.DashboardSettings;

/** Who gets in. Spoken over plain sockets, since HTTP clients do not let one lie about Host. */
class AccessTest {

    private static final String TOKEN = "a-token-of-this-test";
    /** Nothing listens there: access is decided before Kafka matters. */
    private static final String NO_KAFKA = "127.0.0.1:1";

    private static Dashboard open;
    private static Dashboard guarded;

    @BeforeAll
    static void start() {
        open = Dashboard.start(
                DashboardSettings.of(NO_KAFKA).withPort(0).withAllowedHosts(Set.of("silhouettes.example")));
        guarded = Dashboard.start(DashboardSettings.of(NO_KAFKA).withPort(0).withBindAddress("127.0.0.1", TOKEN));
    }

    @AfterAll
    static void stop() {
        open.close();
        guarded.close();
    }

    @Test
    void answersUnderLoopbackNamesAndAllowedOnes() throws IOException {
        assertThat(status(open, "GET / HTTP/1.1", "Host: 127.0.0.1:" + open.port()))
                .isEqualTo(200);
        assertThat(status(open, "GET / HTTP/1.1", "Host: localhost:" + open.port()))
                .isEqualTo(200);
        assertThat(status(open, "GET / HTTP/1.1", "Host: [::1]:" + open.port())).isEqualTo(200);
        assertThat(status(open, "GET / HTTP/1.1", "Host: Silhouettes.example")).isEqualTo(200);
    }

    @Test
    void refusesForeignHostsAsDnsRebindingWouldSendThem() throws IOException {
        assertThat(status(open, "GET /api/models HTTP/1.1", "Host: evil.example:" + open.port()))
                .isEqualTo(403);
        assertThat(status(open, "GET /api/models HTTP/1.1", "Host: 127.0.0.1.evil.example"))
                .isEqualTo(403);
    }

    @Test
    void refusesForeignOriginsAndSitesButLetsThemLinkHere() throws IOException {
        String host = "Host: 127.0.0.1:" + open.port();
        assertThat(status(open, "POST /api/encode?model=m HTTP/1.1", host, "Origin: https://evil.example"))
                .isEqualTo(403);
        assertThat(status(open, "GET /api/models HTTP/1.1", host, "Origin: null"))
                .isEqualTo(403);
        assertThat(status(open, "GET /api/models HTTP/1.1", host, "Sec-Fetch-Site: cross-site"))
                .isEqualTo(403);
        assertThat(status(open, "GET / HTTP/1.1", host, "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate"))
                .isEqualTo(200);
        assertThat(status(open, "GET /api/models HTTP/1.1", host, "Origin: http://127.0.0.1:" + open.port()))
                .isEqualTo(200);
    }

    @Test
    void everyAnswerForbidsForeignScriptsFramesAndGuesses() throws IOException {
        for (String path : new String[] {"/", "/app.js", "/api/models", "/nothing-here"}) {
            String answer = ask(open, "GET " + path + " HTTP/1.1", "Host: localhost");
            assertThat(answer)
                    .contains(
                            "Content-Security-Policy: default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self';")
                    .contains("frame-ancestors 'none'")
                    .contains("X-Content-Type-Options: nosniff")
                    .doesNotContain("unsafe-inline");
        }
    }

    @Test
    void aTokenIsAskedForEverywhereButForHealth() throws IOException {
        String host = "Host: 127.0.0.1:" + guarded.port();
        assertThat(status(guarded, "GET / HTTP/1.1", host)).isEqualTo(401);
        assertThat(status(guarded, "GET /api/models HTTP/1.1", host)).isEqualTo(401);
        assertThat(status(guarded, "GET /api/models?token=" + TOKEN + " HTTP/1.1", host))
                .isEqualTo(401);
        assertThat(status(guarded, "GET /api/models HTTP/1.1", host, "Authorization: Bearer wrong-token-of-this"))
                .isEqualTo(401);
        assertThat(status(guarded, "GET /api/models HTTP/1.1", host, "Authorization: Bearer " + TOKEN))
                .isEqualTo(200);
        assertThat(status(guarded, "GET /healthz HTTP/1.1", host)).isIn(200, 503);
    }

    @Test
    void theTokenInTheUrlBecomesACookieThatScriptsCannotRead() throws IOException {
        String host = "Host: 127.0.0.1:" + guarded.port();
        String answer = ask(guarded, "GET /?token=" + TOKEN + " HTTP/1.1", host);
        assertThat(answer).startsWith("HTTP/1.1 302");
        assertThat(answer.lines().filter(line -> line.startsWith("Set-Cookie")))
                .singleElement()
                .asString()
                .contains("silhouettes-token=" + TOKEN, "HttpOnly", "SameSite=Strict");
        assertThat(status(guarded, "GET / HTTP/1.1", host, "Cookie: silhouettes-token=" + TOKEN))
                .isEqualTo(200);
    }

    @Test
    void pathsCannotLeaveThePagesFolder() throws IOException {
        for (String path : new String[] {"/../pom.xml", "/%2e%2e/pom.xml", "/..%2f..%2fsecret.json", "/log4j2.xml"}) {
            assertThat(status(open, "GET " + path + " HTTP/1.1", "Host: localhost"))
                    .as(path)
                    .isBetween(400, 404);
        }
    }

    @Test
    void whatIsNoRequestIsAnsweredInJsonToo() throws IOException {
        for (String request : new String[] {"GET /%zz HTTP/1.1", "GET /api/models HTTP/9.9", "nonsense"}) {
            assertThat(ask(open, request, "Host: localhost"))
                    .as(request)
                    .contains("{\"error\":\"")
                    .doesNotContain("<html");
        }
        assertThat(ask(open, "GET /api/models HTTP/1.1", "Host: localhost", "X-Long: " + "x".repeat(20_000)))
                .startsWith("HTTP/1.1 431")
                .contains("{\"error\":\"");
    }

    @Test
    void aBodyOverTheLimitIsRefused() throws IOException {
        assertThat(status(
                        open,
                        "POST /api/encode?model=m HTTP/1.1",
                        "Host: localhost",
                        "Content-Type: image/png",
                        "Content-Length: 500000000"))
                .isIn(404, 413);
    }

    private static int status(Dashboard dashboard, String... lines) throws IOException {
        return Integer.parseInt(ask(dashboard, lines).substring(9, 12));
    }

    private static String ask(Dashboard dashboard, String... lines) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", dashboard.port())) {
            socket.setSoTimeout(20_000);
            String request = String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
