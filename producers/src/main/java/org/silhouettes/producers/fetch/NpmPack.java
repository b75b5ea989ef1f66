package org.silhouettes.producers.fetch;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** {@code npm pack}: downloads a package's archive from whatever registry npm is set up for, and runs nothing in it. */
final class NpmPack {

    private static final int ERROR_CHARACTERS = 300;

    private NpmPack() {}

    /** The npm command in one of the folders of a {@code PATH}. */
    static Optional<Path> onPath(String path) {
        List<String> names = File.separatorChar == '\\' ? List.of("npm.cmd", "npm.exe") : List.of("npm");
        return Pattern.compile(Pattern.quote(File.pathSeparator))
                .splitAsStream(path)
                .filter(folder -> !folder.isBlank())
                .flatMap(folder -> names.stream().flatMap(name -> executable(folder, name).stream()))
                .findFirst();
    }

    private static Optional<Path> executable(String folder, String name) {
        try {
            return Optional.of(Path.of(folder, name))
                    .filter(Files::isExecutable)
                    .filter(Files::isRegularFile);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /**
     * Packs {@code specification} (name@version) into the empty folder {@code into}.
     *
     * @return the archive, a gzipped tar file
     * @throws IOException with npm's own words where it fails or takes longer than {@code patience}
     */
    static Path pack(Path npm, String specification, Path into, Duration patience) throws IOException {
        Path errors = into.resolve("npm-errors.txt");
        Process process = new ProcessBuilder(npm.toString(), "pack", specification, "--ignore-scripts", "--silent")
                .directory(into.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(nullDevice()))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(errors.toFile())
                .start();
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("it took longer than " + patience.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            throw new IOException("exit code " + process.exitValue() + said(errors));
        }
        try (var files = Files.list(into)) {
            Optional<Path> archive =
                    files.filter(file -> file.toString().endsWith(".tgz")).findFirst();
            if (archive.isEmpty()) {
                throw new IOException("it left no .tgz file" + said(errors));
            }
            return archive.get();
        }
    }

    private static String said(Path errors) throws IOException {
        String text = new String(Files.readAllBytes(errors), StandardCharsets.UTF_8)
                .strip()
                .replaceAll("\\s+", " ");
        if (text.isEmpty()) {
            return "";
        }
        return ": " + (text.length() > ERROR_CHARACTERS ? text.substring(0, ERROR_CHARACTERS) + "…" : text);
    }

    private static File nullDevice() {
        return new File(File.separatorChar == '\\' ? "NUL" : "/dev/null");
    }
}
