package org.silhouettes.cli.secured;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.silhouettes.embedded.kafka.EmbeddedKafka;
import org.silhouettes.testkit.TakenPort;

/** A broker with an authorizer and listeners for SASL_SSL, SASL_PLAINTEXT and mutual TLS; its own PLAINTEXT is the superuser's. */
final class SecuredBroker implements AutoCloseable {

    /** Password of every user. */
    static final String PASSWORD = "canary-user-3d7a";

    private final Path folder;
    private final Certificates certificates;
    private final Map<String, Integer> ports = new HashMap<>();
    private final EmbeddedKafka kafka;
    private final Admin admin;
    private int files;

    SecuredBroker(Path folder) throws Exception {
        this.folder = folder;
        certificates = new Certificates(folder);
        for (String name : List.of("broker", "dashboard", "replayer", "foreign")) {
            certificates.keyStore(name);
        }
        List<TakenPort> taken = new ArrayList<>();
        for (String listener : List.of("SASLTLS", "SASLPLAIN", "MTLS")) {
            TakenPort port = new TakenPort();
            taken.add(port);
            ports.put(listener, port.port());
        }
        taken.forEach(TakenPort::close);
        kafka = EmbeddedKafka.start(EmbeddedKafka.Settings.defaults().withOverrides(overrides()));
        admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
        admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(
                        "job", new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096), PASSWORD)))
                .all()
                .get(30, TimeUnit.SECONDS);
    }

    private Map<String, String> overrides() throws Exception {
        Map<String, String> all = new HashMap<>();
        StringBuilder listeners = new StringBuilder();
        ports.forEach(
                (name, port) -> listeners.append(listeners.isEmpty() ? "" : ",").append(name + "://127.0.0.1:" + port));
        all.put("listeners", listeners.toString());
        all.put("advertised.listeners", listeners.toString());
        all.put("listener.security.protocol.map", "SASLTLS:SASL_SSL,SASLPLAIN:SASL_PLAINTEXT,MTLS:SSL");
        for (String listener : List.of("sasltls", "saslplain")) {
            String prefix = "listener.name." + listener + ".";
            all.put(prefix + "sasl.enabled.mechanisms", "PLAIN,SCRAM-SHA-512");
            all.put(
                    prefix + "plain.sasl.jaas.config",
                    "org.apache.kafka.common.security.plain.PlainLoginModule required user_producer=\"" + PASSWORD
                            + "\" user_nobody=\"" + PASSWORD + "\";");
            all.put(
                    prefix + "scram-sha-512.sasl.jaas.config",
                    "org.apache.kafka.common.security.scram.ScramLoginModule required;");
        }
        all.put("listener.name.mtls.ssl.client.auth", "required");
        all.put("ssl.keystore.location", folder.resolve("broker.p12").toString());
        all.put("ssl.keystore.type", "PKCS12");
        all.put("ssl.keystore.password", Certificates.PASSWORD);
        all.put(
                "ssl.truststore.location",
                certificates.trustStore("clients.p12", "dashboard", "replayer").toString());
        all.put("ssl.truststore.type", "PKCS12");
        all.put("ssl.truststore.password", Certificates.PASSWORD);
        all.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        all.put("super.users", "User:ANONYMOUS");
        return all;
    }

    /** Address of the superuser's listener. */
    String plaintext() {
        return kafka.bootstrapServers();
    }

    String address(String listener) {
        return "127.0.0.1:" + ports.get(listener);
    }

    Admin admin() {
        return admin;
    }

    /** A client file for SASL over TLS with the user's name. */
    Path sasl(String mechanism, String user, String password) throws Exception {
        String module = mechanism.equals("PLAIN") ? "plain.PlainLoginModule" : "scram.ScramLoginModule";
        return file(
                user + "-" + mechanism,
                "bootstrap.servers=" + address("SASLTLS"),
                "security.protocol=SASL_SSL",
                "sasl.mechanism=" + mechanism,
                "sasl.jaas.config=org.apache.kafka.common.security." + module + " required username=\"" + user
                        + "\" password=\"" + password + "\";",
                "ssl.truststore.type=PEM",
                "ssl.truststore.location=" + certificates.certificatePem("broker"));
    }

    /** A client file for mutual TLS, with a PKCS12 key store. */
    Path mutualTls(String name) throws Exception {
        return file(
                name + "-p12",
                "bootstrap.servers=" + address("MTLS"),
                "security.protocol=SSL",
                "ssl.keystore.type=PKCS12",
                "ssl.keystore.location=" + folder.resolve(name + ".p12"),
                "ssl.keystore.password=" + Certificates.PASSWORD,
                "ssl.truststore.type=PKCS12",
                "ssl.truststore.location=" + certificates.trustStore("servers.p12", "broker"),
                "ssl.truststore.password=" + Certificates.PASSWORD);
    }

    /** A client file for mutual TLS, all of it PEM, its password behind a config provider. */
    Path mutualTlsPem(String name) throws Exception {
        Path values = Files.writeString(folder.resolve("values.properties"), "protocol=SSL\n");
        return file(
                name + "-pem",
                "config.providers=file",
                "config.providers.file.class=org.apache.kafka.common.config.provider.FileConfigProvider",
                "bootstrap.servers=" + address("MTLS"),
                "security.protocol=${file:" + values + ":protocol}",
                "ssl.keystore.type=PEM",
                "ssl.keystore.location=" + certificates.keyPem(name),
                "ssl.truststore.type=PEM",
                "ssl.truststore.location=" + certificates.certificatePem("broker"));
    }

    Path file(String name, String... lines) throws IOException {
        return Files.writeString(folder.resolve(++files + "-" + name + ".properties"), String.join("\n", lines) + "\n");
    }

    Path certificate(String name) throws Exception {
        return certificates.certificatePem(name);
    }

    void grant(Grant grant) throws Exception {
        admin.createAcls(List.of(grant.binding())).all().get(30, TimeUnit.SECONDS);
    }

    void revoke(Grant grant) throws Exception {
        admin.deleteAcls(List.of(grant.binding().toFilter())).all().get(30, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        admin.close();
        kafka.close();
    }

    /** One line of the ACL table. */
    record Grant(String principal, ResourceType type, PatternType pattern, String name, AclOperation operation) {

        static Grant topic(String principal, String topic, AclOperation operation) {
            return new Grant(principal, ResourceType.TOPIC, PatternType.LITERAL, topic, operation);
        }

        static Grant group(String principal, String group, AclOperation operation) {
            return new Grant(principal, ResourceType.GROUP, PatternType.LITERAL, group, operation);
        }

        static Grant transactions(String principal, PatternType pattern, String id, AclOperation operation) {
            return new Grant(principal, ResourceType.TRANSACTIONAL_ID, pattern, id, operation);
        }

        private AclBinding binding() {
            return new AclBinding(
                    new ResourcePattern(type, name, pattern),
                    new AccessControlEntry("User:" + principal, "*", operation, AclPermissionType.ALLOW));
        }
    }
}
