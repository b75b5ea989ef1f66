package org.silhouettes.faults;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One process of a cluster under test: a JVM on this one's class path that can be killed and paused like any process
 * of an operator's. Output goes to a file. It ends with {@link #kill()}, with this JVM's shutdown, and when this JVM
 * is killed (see {@link MonitoredMain}).
 */
final class ChildJvm implements AutoCloseable {

    private static final Set<ChildJvm> ALIVE = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> ALIVE.forEach(ChildJvm::kill), "kill-children"));
    }

    private final String name;
    private final Process process;
    private final Path log;

    private ChildJvm(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /**
     * Starts a JVM.
     *
     * @param folder where its log goes, {@code name.log}, appended to
     * @param options JVM options in addition to the module openings, which are this JVM's
     */
    static ChildJvm start(String name, Path folder, Class<?> main, List<String> options, List<String> arguments) {
        Path log = folder.resolve(name + ".log");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-"))
                .forEach(command::add);
        command.add("-XX:+UseSerialGC");
        command.add("-Xshare:auto");
        command.add("-Dlog4j2.configurationFile=classpath:faults-log4j2.properties");
        command.addAll(options);
        command.add(MonitoredMain.class.getName());
        command.add(Long.toString(ProcessHandle.current().pid()));
        command.add(main.getName());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        builder.environment().put("OMP_NUM_THREADS", "1");
        // glibc keeps up to eight heaps a core, each with holes of its own; Flink's images use jemalloc for that reason
        builder.environment().put("MALLOC_ARENA_MAX", "2");
        try {
            ChildJvm child = new ChildJvm(name, builder.start(), log);
            ALIVE.add(child);
            return child;
        } catch (IOException e) {
            throw new UncheckedIOException("could not start " + name, e);
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Throws an error with the end of its log where the process is gone of itself. */
    void mustLive() {
        if (!isAlive()) {
            throw new AssertionError(name + " ended with exit code " + process.exitValue() + "\n" + logTail());
        }
    }

    /** {@code kill -9}, and waits until the process is gone. */
    void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ALIVE.remove(this);
    }

    /** {@code SIGTERM}, as a service manager sends it, and waits until the process is gone; returns its exit code. */
    int terminate() {
        process.destroy();
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + name + " ended", e);
        } finally {
            ALIVE.remove(this);
        }
    }

    /** Stops the process ({@code SIGSTOP}) and resumes it after that time, even where this JVM dies in between. */
    Process pause(Duration time) {
        try {
            return new ProcessBuilder(
                            "sh",
                            "-c",
                            "kill -STOP " + pid() + "; sleep " + time.toMillis() / 1000.0 + "; kill -CONT " + pid())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("could not pause " + name, e);
        }
    }

    /** Resident memory in bytes. */
    long residentBytes() {
        return status("VmRSS:\\s+(\\d+) kB") * 1024;
    }

    /** Threads of the process, the JVM's and native ones. */
    long threads() {
        return status("Threads:\\s+(\\d+)");
    }

    /** Objects of a class that are reachable, after a full collection. */
    long liveObjects(String className) {
        Matcher matcher = Pattern.compile("\\d+:\\s+(\\d+)\\s+\\d+\\s+" + Pattern.quote(className) + "\\s")
                .matcher(ask("GC.class_histogram", "java.lang.String"));
        return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }

    /** Bytes of the code that the JVM's compilers have made and still hold. */
    long compiledBytes() {
        String codeCache = ask("Compiler.codecache", "used=");
        return Pattern.compile("size=\\d+Kb used=(\\d+)Kb")
                .matcher(codeCache)
                .results()
                .mapToLong(heap -> Long.parseLong(heap.group(1)) * 1024)
                .sum();
    }

    /** What the JVM answers to a diagnostic command of the JDK's {@code jcmd}. */
    private String ask(String command, String expected) {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        try {
            Process asked = new ProcessBuilder(jcmd.toString(), Long.toString(pid()), command)
                    .redirectErrorStream(true)
                    .start();
            String answer = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!answer.contains(expected)) {
                throw new IllegalStateException(name + " gave no " + expected + " to " + command + ": " + answer);
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException("could not ask " + name, e);
        }
    }

    private long status(String pattern) {
        try {
            String status = Files.readString(Path.of("/proc", Long.toString(pid()), "status"));
            Matcher matcher = Pattern.compile(pattern).matcher(status);
            if (!matcher.find()) {
                throw new IllegalStateException(name + " has no " + pattern + " in its status");
            }
            return Long.parseLong(matcher.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException(name + " is gone", e);
        }
    }

    /** Whether a line of its output holds all of these texts. */
    boolean logged(String... texts) {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.anyMatch(line -> Stream.of(texts).allMatch(line::contains));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The last lines of its output, for messages. */
    String logTail() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
        } catch (IOException e) {
            return "(no log of " + name + ": " + e.getMessage() + ")";
        }
    }

    @Override
    public void close() {
        kill();
    }

    @Override
    public String toString() {
        return name + " (" + pid() + ")";
    }
}
