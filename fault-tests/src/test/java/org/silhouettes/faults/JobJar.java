package org.silhouettes.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

/** A jar of this build's own classes, to submit a job with as a user does: a class loader of its own each time. */
final class JobJar {

    private JobJar() {}

    /** Writes a jar of all that comes from where these classes come from, folders or jars. */
    static Path write(Path jar, Class<?>... samples) throws IOException, URISyntaxException {
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out)) {
            for (Class<?> sample : samples) {
                Path origin = Path.of(sample.getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI());
                if (Files.isDirectory(origin)) {
                    addFolder(entries, origin);
                } else {
                    addJar(entries, origin);
                }
            }
        }
        return jar;
    }

    private static void addFolder(JarOutputStream entries, Path origin) throws IOException {
        List<Path> files;
        try (var all = Files.walk(origin)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            String name = origin.relativize(file).toString();
            if (name.endsWith(".class")) {
                entries.putNextEntry(new ZipEntry(name));
                Files.copy(file, entries);
            }
        }
    }

    private static void addJar(JarOutputStream entries, Path origin) throws IOException {
        try (JarFile jar = new JarFile(origin.toFile())) {
            for (var entry : jar.stream().toList()) {
                if (entry.getName().startsWith("org/silhouettes/")
                        && entry.getName().endsWith(".class")) {
                    entries.putNextEntry(new ZipEntry(entry.getName()));
                    jar.getInputStream(entry).transferTo(entries);
                }
            }
        }
    }
}
