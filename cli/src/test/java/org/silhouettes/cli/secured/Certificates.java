package org.silhouettes.cli.secured;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Self-signed certificates, made by the JDK's keytool: PKCS12 key stores and their PEM forms. */
final class Certificates {

    /** Password of every key store. */
    static final String PASSWORD = "canary-store-91c4";

    private final Path folder;

    Certificates(Path folder) {
        this.folder = folder;
    }

    /** Makes a key pair with a certificate for CN=name that is valid for 127.0.0.1 and localhost. */
    Path keyStore(String name) throws IOException, InterruptedException {
        Path store = folder.resolve(name + ".p12");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                name,
                "-dname",
                "CN=" + name,
                "-ext",
                "san=ip:127.0.0.1,dns:localhost",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(keytool.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
            throw new IOException("keytool failed: " + output);
        }
        return store;
    }

    /** A key store that trusts these certificates. */
    Path trustStore(String file, String... names) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        for (String name : names) {
            trusted.setCertificateEntry(name, certificate(name));
        }
        Path store = folder.resolve(file);
        try (var out = Files.newOutputStream(store)) {
            trusted.store(out, PASSWORD.toCharArray());
        }
        return store;
    }

    /** The certificate as PEM. */
    Path certificatePem(String name) throws IOException, GeneralSecurityException {
        return Files.writeString(
                folder.resolve(name + ".crt.pem"),
                pem("CERTIFICATE", certificate(name).getEncoded()));
    }

    /** Key and certificate as PEM, in one file, as ssl.keystore.type=PEM takes them. */
    Path keyPem(String name) throws IOException, GeneralSecurityException {
        Key key = load(name).getKey(name, PASSWORD.toCharArray());
        return Files.writeString(
                folder.resolve(name + ".key.pem"),
                pem("PRIVATE KEY", key.getEncoded())
                        + pem("CERTIFICATE", certificate(name).getEncoded()));
    }

    private Certificate certificate(String name) throws IOException, GeneralSecurityException {
        return load(name).getCertificate(name);
    }

    private KeyStore load(String name) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve(name + ".p12"))) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private static String pem(String type, byte[] content) {
        return "-----BEGIN " + type + "-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                        .encodeToString(content)
                + "\n-----END " + type + "-----\n";
    }
}
