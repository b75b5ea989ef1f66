package org.silhouettes.job.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.InstantiationUtil;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.silhouettes.job.KafkaWorkflow;
import org.silhouettes.job.options.JobSettings;
import org.silhouettes.wire.kafka.ClientConfig;
import org.silhouettes.wire.kafka.ClientNames;

class ClientConfigTest {

    private static final String CANARY = "canary-5f0c";

    @TempDir
    private Path folder;

    private Path file(String... lines) throws IOException {
        return Files.writeString(folder.resolve("client.properties"), String.join("\n", lines) + "\n");
    }

    private static ClientConfig config(Path file, Map<String, String> properties) {
        return ClientConfig.of(Optional.of("explicit:1"), properties, Optional.of(file));
    }

    @Test
    void anAddressWinsOverAPropertyAndThatOverTheFile() throws IOException {
        Path file = file("bootstrap.servers=file:1", "retries=3", "linger.ms=7", "max.poll.records=9");
        ClientConfig config = config(file, Map.of("retries", "5"));
        assertThat(config.producer(Map.of("linger.ms", "20", "buffer.memory", "99")))
                .containsEntry("bootstrap.servers", "explicit:1")
                .containsEntry("retries", "5")
                .containsEntry("linger.ms", "7")
                .containsEntry("buffer.memory", "99")
                .doesNotContainKey("max.poll.records");
        assertThat(config.consumer(Map.of()))
                .containsEntry("max.poll.records", "9")
                .doesNotContainKey("linger.ms");
        assertThat(config.admin(Map.of())).containsOnlyKeys("bootstrap.servers", "retries");
        assertThat(ClientConfig.of(Optional.empty(), Map.of(), Optional.of(file))
                        .admin(Map.of()))
                .containsEntry("bootstrap.servers", "file:1");
        assertThat(config.warnings())
                .hasSize(2)
                .anySatisfy(
                        text -> assertThat(text).contains("kafka.bootstrap-servers", "bootstrap.servers in", "twice"))
                .anySatisfy(text -> assertThat(text).contains("kafka.retries", "property retries in", "twice"));
    }

    @Test
    void aNameThatNoClientKnowsIsRefusedUnlessAPlugInDefinesIt() throws IOException {
        Path file = file("acme.token=" + CANARY, "config.providers.env.class=x");
        assertThatThrownBy(() -> config(file, Map.of()).admin(Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("property acme.token in \"" + file)
                .hasMessageContaining(ClientNames.PLUG_INS)
                .hasMessageNotContaining(CANARY);
        file("silhouettes.plugin-names=acme., other", "acme.token=" + CANARY);
        assertThat(config(file, Map.of()).admin(Map.of()))
                .containsEntry("acme.token", CANARY)
                .doesNotContainKey("silhouettes.plugin-names");
    }

    @Test
    void aFileThatIsNoPropertiesFileIsRefusedWithoutItsContent() throws IOException {
        Path file = file("sasl.jaas.config=" + CANARY + "\\u12");
        assertThatThrownBy(() -> config(file, Map.of()).admin(Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(file.toString())
                .hasMessageNotContaining(CANARY)
                .hasNoCause();
    }

    @Test
    void configProvidersAreResolvedByTheClients() throws IOException {
        Path secrets = Files.writeString(folder.resolve("secrets"), "jaas=" + CANARY + "\n");
        Path mounted = Files.createDirectory(folder.resolve("mounted"));
        Files.writeString(mounted.resolve("trust-store-password"), CANARY);
        Path file = file(
                "config.providers=file,dir,env",
                "config.providers.file.class=org.apache.kafka.common.config.provider.FileConfigProvider",
                "config.providers.dir.class=org.apache.kafka.common.config.provider.DirectoryConfigProvider",
                "config.providers.env.class=org.apache.kafka.common.config.provider.EnvVarConfigProvider",
                "config.providers.env.param.allowlist.pattern=PATH",
                "sasl.jaas.config=${file:" + secrets + ":jaas}",
                "ssl.truststore.password=${dir:" + mounted + ":trust-store-password}",
                "ssl.keystore.location=${env:PATH}");
        AdminClientConfig resolved =
                new AdminClientConfig(config(file, Map.of()).admin(Map.of()));
        assertThat(resolved.getPassword("sasl.jaas.config")).isEqualTo(new Password(CANARY));
        assertThat(resolved.getPassword("ssl.truststore.password")).isEqualTo(new Password(CANARY));
        assertThat(resolved.getString("ssl.keystore.location")).isEqualTo(System.getenv("PATH"));
    }

    @Test
    void theJobsGraphHoldsThePathAndNothingOfTheFile() throws Exception {
        Path file = file("sasl.jaas.config=" + CANARY, "ssl.truststore.type=" + CANARY);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        KafkaWorkflow.build(env, JobSettings.from(Map.of("kafka.config", file.toString())), Optional.of(Map.of(0, 5L)));
        byte[] graph = InstantiationUtil.serializeObject(env.getStreamGraph().getJobGraph());
        assertThat(new String(graph, StandardCharsets.ISO_8859_1))
                .contains(file.toString())
                .doesNotContain(CANARY);
    }

    @Test
    void theGraphIsBuiltWhereTheFileIsNot() throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        KafkaWorkflow.build(env, JobSettings.from(Map.of("kafka.config", "/not/here")), Optional.empty());
        assertThat(env.getStreamGraph().getJobGraph().getNumberOfVertices()).isPositive();
    }
}
