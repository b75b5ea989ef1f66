package org.silhouettes.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.silhouettes.embedded.kafka.Ports;

/** What a web page of another site, or another machine, can do with the embedded Flink: nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FlinkRestIT {

    private Set<String> before;
    private EmbeddedFlink flink;
    private JobID job;
    private int prometheus;

    @BeforeAll
    void start() throws IOException {
        before = listening();
        try (Ports.Reservation port = Ports.reserve("Prometheus", 0)) {
            prometheus = port.port();
        }
        flink = EmbeddedFlink.start(EmbeddedFlink.Settings.defaults().withPrometheusPort(prometheus));
        StreamExecutionEnvironment env = flink.environment();
        env.fromSequence(0, Long.MAX_VALUE / 2)
                .map(value -> {
                    new CountDownLatch(1).await(); // until the job is cancelled
                    return value;
                })
                .returns(Long.class)
                .sinkTo(new DiscardingSink<>());
        job = flink.submit(env, "endless");
    }

    @AfterAll
    void close() {
        flink.close();
    }

    @Test
    void theFolderForUploadsIsInTheDataFolder() {
        assertThat(flink.dataFolder().resolve("web/flink-web-upload")).isDirectory();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET | /jobs/overview | evil.example |",
                "GET | /jobs/overview | 127.0.0.1.evil.example |",
                "GET | /jobs/overview | evil.example:PORT |",
                "GET | / | evil.example |",
                "GET | /jobs/overview | 127.0.0.1:PORT | Origin: http://evil.example",
                "GET | /jobs/overview | 127.0.0.1:PORT | Origin: null",
                "GET | /jobs/overview | 127.0.0.1:PORT | Origin: http://127.0.0.1:1",
                "GET | /jobs/overview | 127.0.0.1:PORT | Origin: http://127.0.0.1:PORT.evil.example",
                "GET | /jobmanager/config | 127.0.0.1:PORT | Sec-Fetch-Site: cross-site",
                "POST | /jobs/JOB/savepoints | 127.0.0.1:PORT | Origin: http://evil.example",
                "POST | /jobs/JOB/stop | 127.0.0.1:PORT | Origin: null",
                "PATCH | /jobs/JOB | 127.0.0.1:PORT | Origin: http://evil.example",
                "OPTIONS | /jobs/JOB | 127.0.0.1:PORT | Origin: http://evil.example",
                "DELETE | /cluster | 127.0.0.1:PORT | Origin: http://evil.example",
                "GET | /jobs/JOB/yarn-cancel | 127.0.0.1:PORT |",
                "GET | /jobs/JOB/yarn-stop | 127.0.0.1:PORT |",
                "GET | /v1/jobs/JOB/yarn-cancel | localhost:PORT |",
                "GET | /jobs/JOB/yarn%2Dcancel | 127.0.0.1:PORT |",
                "GET | /jobs/JOB/yarn-cancel/ | 127.0.0.1:PORT |",
                "GET | //jobs/JOB/yarn-cancel?x=1 | 127.0.0.1:PORT |",
                "DELETE | /jobs/JOB/yarn-cancel | 127.0.0.1:PORT |",
            })
    void aRequestThatAForeignPageCanCauseIsRefused(String method, String path, String host, String header)
            throws IOException {
        String answer = ask(method, path, host, header);
        assertThat(answer).startsWith("HTTP/1.1 403 ").doesNotContain(job.toString());
        assertThat(flink.status(job)).isNotIn(JobStatus.CANCELED, JobStatus.CANCELLING, JobStatus.FINISHED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "127.0.0.1:PORT |",
                "localhost:PORT |",
                "127.0.0.1:PORT | Origin: http://127.0.0.1:PORT",
                "127.0.0.1:PORT | Sec-Fetch-Site: same-origin",
                "127.0.0.1:PORT | Sec-Fetch-Site: none",
            })
    void thePageItselfAndProgramsAreServedWithoutLeaveForOthers(String host, String header) throws IOException {
        String answer = ask("GET", "/jobs/overview", host, header);
        assertThat(answer)
                .startsWith("HTTP/1.1 200 ")
                .contains(job.toString())
                .doesNotContainIgnoringCase("access-control-allow-origin: *");
    }

    @Test
    void aRequestWithoutOrWithTwoHostsIsRefused() throws IOException {
        assertThat(raw("GET /jobs/overview HTTP/1.0\r\n\r\n")).contains(" 403 ");
        assertThat(raw("GET /jobs/overview HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\n\r\n"))
                .doesNotContain(" 200 ");
    }

    @Test
    void theMetricsAreServedOnLoopback() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), prometheus)) {
            assertThat(exchange(socket, "GET /metrics HTTP/1.0\r\n\r\n")).contains(" 200 ", "flink_jobmanager");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void noSocketListensOnAnyAddressButLoopback() throws IOException {
        Set<String> opened = listening();
        opened.removeAll(before);
        // REST, BlobServer, Prometheus
        assertThat(opened).hasSizeGreaterThanOrEqualTo(3).allSatisfy(address -> assertThat(address)
                .matches("0100007F:.*|00000000000000000000000001000000:.*|0000000000000000FFFF00000100007F:.*"));
    }

    private String ask(String method, String path, String host, String header) throws IOException {
        String port = Integer.toString(flink.uri().getPort());
        String request = method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\n"
                + (header == null ? "" : header + "\r\n") + "Content-Length: 0\r\nConnection: close\r\n\r\n";
        return raw(request.replace("PORT", port).replace("JOB", job.toString()));
    }

    private String raw(String request) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), flink.uri().getPort())) {
            return exchange(socket, request);
        }
    }

    private static String exchange(Socket socket, String request) throws IOException {
        socket.setSoTimeout(20_000);
        OutputStream out = socket.getOutputStream();
        out.write(request.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        InputStream in = socket.getInputStream();
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    /** Local addresses, in the kernel's hexadecimal form, on which this process listens. */
    private static Set<String> listening() throws IOException {
        if (!Files.isDirectory(Path.of("/proc/self/fd"))) {
            return Set.of();
        }
        Set<String> own = new java.util.HashSet<>();
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors.toList()) {
                try {
                    own.add(Files.readSymbolicLink(descriptor).toString());
                } catch (IOException e) {
                    // closed meanwhile
                }
            }
        }
        List<String> lines = new ArrayList<>(Files.readAllLines(Path.of("/proc/self/net/tcp")));
        lines.addAll(Files.readAllLines(Path.of("/proc/self/net/tcp6")));
        return lines.stream()
                .map(line -> line.strip().split("\\s+"))
                .filter(fields ->
                        fields.length > 9 && fields[3].equals("0A") && own.contains("socket:[" + fields[9] + "]"))
                .map(fields -> fields[1])
                .collect(Collectors.toSet());
    }
}
