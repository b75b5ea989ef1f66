package org.silhouettes.dashboards.benchmark;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.silhouettes.dashboards.Dashboard;
import org.silhouettes.dashboards.settings.DashboardSettings;
import org.silhouettes.testkit.browser.RestClient;

/** A dashboard in a JVM of its own, whose heap is therefore its alone. It ends with its input, so with its parent too. */
final class DashboardProcess implements AutoCloseable {

    private final Process process;
    private final BufferedReader out;
    private final BufferedWriter in;
    private final URI uri;
    private final RestClient rest;

    private DashboardProcess(Process process) throws IOException {
        this.process = process;
        this.out = process.inputReader(StandardCharsets.UTF_8);
        this.in = process.outputWriter(StandardCharsets.UTF_8);
        this.uri = URI.create(read());
        this.rest = new RestClient(uri);
    }

    /** Starts one; returns when its page can be asked for. */
    static DashboardProcess start(String bootstrapServers, String heap) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-"))
                .forEach(command::add);
        command.addAll(List.of("-Xmx" + heap, DashboardProcess.class.getName(), bootstrapServers));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        return new DashboardProcess(builder.start());
    }

    private String read() throws IOException {
        String line = out.readLine();
        if (line == null) {
            throw new IOException("the dashboard's process has ended");
        }
        return line;
    }

    URI uri() {
        return uri;
    }

    RestClient rest() {
        return rest;
    }

    /** Bytes of its heap in use after a collection. */
    long heapBytes() throws IOException {
        in.write("heap\n");
        in.flush();
        return Long.parseLong(read());
    }

    @Override
    public void close() throws IOException {
        in.close();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** The process: answers every line of its input with the heap in use after a collection. */
    public static void main(String[] arguments) throws IOException {
        DashboardSettings settings = DashboardSettings.of(arguments[0]).withPort(0);
        BufferedReader asked = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (Dashboard dashboard = Dashboard.start(settings)) {
            System.out.println(dashboard.uri());
            while (asked.readLine() != null) {
                System.gc();
                MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
                System.out.println(heap.getUsed());
            }
        }
    }
}
