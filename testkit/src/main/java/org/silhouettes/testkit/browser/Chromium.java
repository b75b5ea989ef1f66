package org.silhouettes.testkit.browser;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The machine's Chromium without a window, driven over its DevTools protocol: no driver and no download needed. */
public final class Chromium implements AutoCloseable {

    /** What to say where there is none. */
    public static final String MISSING = "no Chromium on this machine: install it with apt-get install chromium";

    private static final Pattern LISTENING = Pattern.compile("DevTools listening on ws://[^:]+:(\\d+)/");
    private static final int WAIT_SECONDS = DevTools.SECONDS - 10;

    private final Process process;
    private final DevTools tools;
    private final List<String> problems = new CopyOnWriteArrayList<>();
    private final Map<String, Map<String, String>> preferences = new HashMap<>();

    /** Where Chromium is, if it is. */
    public static Optional<Path> find() {
        return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Starts it with a new profile in that folder. */
    public Chromium(Path program, Path profile) throws Exception {
        process = new ProcessBuilder(
                        program.toString(),
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--disable-dev-shm-usage",
                        "--hide-scrollbars",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectErrorStream(true)
                .start();
        tools = DevTools.ofFirstPage(debuggingPort().get(DevTools.SECONDS, TimeUnit.SECONDS));
        tools.listen(this::note);
        for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
            call(domain + ".enable", Map.of());
        }
    }

    /** Reads what Chromium says to its end, so that it never blocks; it says its port when it is ready. */
    private CompletableFuture<Integer> debuggingPort() {
        CompletableFuture<Integer> port = new CompletableFuture<>();
        Thread reader = new Thread(
                () -> {
                    try (BufferedReader lines = process.inputReader()) {
                        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                            Matcher found = LISTENING.matcher(line);
                            if (found.find()) {
                                port.complete(Integer.parseInt(found.group(1)));
                            }
                        }
                        port.completeExceptionally(new IllegalStateException("Chromium ended before it was ready"));
                    } catch (IOException e) {
                        port.completeExceptionally(new UncheckedIOException(e));
                    }
                },
                "chromium-output");
        reader.setDaemon(true);
        reader.start();
        return port;
    }

    /** Calls a method of the protocol and waits for its result. */
    public JsonNode call(String method, Map<String, ?> parameters) throws Exception {
        return tools.call(method, parameters);
    }

    /** Goes to an address and waits until its document and scripts are there. */
    public void open(URI address) throws Exception {
        CompletableFuture<JsonNode> loaded = tools.next("Page.loadEventFired");
        call("Page.navigate", Map.of("url", address.toString()));
        loaded.get(DevTools.SECONDS, TimeUnit.SECONDS);
    }

    /** The value of a JavaScript expression; promises are awaited. */
    public JsonNode evaluate(String expression) throws Exception {
        JsonNode result =
                call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
        if (result.has("exceptionDetails")) {
            throw new IllegalStateException(result.path("exceptionDetails").toString());
        }
        return result.path("result").path("value");
    }

    /** Waits, inside the page, until a JavaScript expression is true. */
    public void await(String expression) throws Exception {
        boolean met = evaluate("new Promise(done => { const until = performance.now() + " + 1000 * WAIT_SECONDS
                        + "; (function look() { let met = false;"
                        + " try { met = Boolean(" + expression + "); } catch { /* not there yet */ }"
                        + " if (met || performance.now() > until) done(met); else setTimeout(look, 20); })(); })")
                .asBoolean();
        if (!met) {
            throw new AssertionError("not within " + WAIT_SECONDS + " s: " + expression + "; the page says: "
                    + evaluate("document.body.innerText.slice(0, 500)").asText());
        }
    }

    public void size(int width, int height, boolean phone) throws Exception {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", phone ? 2 : 1, "mobile", phone));
    }

    /** Sets a preference of the reader, by the name of a CSS media feature; other preferences stay. */
    public void prefer(String feature, String value) throws Exception {
        preferences.put(feature, Map.of("name", feature, "value", value));
        call("Emulation.setEmulatedMedia", Map.of("features", preferences.values()));
    }

    public void press(String key) throws Exception {
        int code =
                switch (key) {
                    case "Enter" -> 13;
                    case "Escape" -> 27;
                    case "Tab" -> 9;
                    case "ArrowLeft" -> 37;
                    case "ArrowUp" -> 38;
                    case "ArrowRight" -> 39;
                    case "ArrowDown" -> 40;
                    default -> key.toUpperCase(Locale.ROOT).charAt(0);
                };
        Map<String, Object> event = new HashMap<>(Map.of("key", key, "windowsVirtualKeyCode", code));
        event.put("type", key.length() == 1 || key.equals("Enter") ? "keyDown" : "rawKeyDown");
        if (key.length() == 1) {
            event.put("text", key);
        } else if (key.equals("Enter")) {
            event.put("text", "\r");
        }
        call("Input.dispatchKeyEvent", event);
        call("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", key, "windowsVirtualKeyCode", code));
    }

    public void mouse(String type, double x, double y) throws Exception {
        Map<String, Object> event = new HashMap<>(Map.of("type", type, "x", x, "y", y, "button", "left"));
        event.put("clickCount", 1);
        event.put("buttons", type.equals("mouseReleased") ? 0 : 1);
        call("Input.dispatchMouseEvent", event);
    }

    /** Writes what the window shows into a PNG. */
    public void screenshot(Path file) throws Exception {
        JsonNode shot = call("Page.captureScreenshot", Map.of("format", "png"));
        Files.createDirectories(file.getParent());
        Files.write(file, Base64.getDecoder().decode(shot.path("data").asText()));
    }

    /** Errors and warnings of the console, exceptions, and refused loads, so far. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    private void note(String event, JsonNode parameters) {
        switch (event) {
            case "Runtime.exceptionThrown" -> {
                JsonNode details = parameters.path("exceptionDetails");
                problems.add(details.path("exception").path("description").asText()
                        + details.path("text").asText());
            }
            case "Runtime.consoleAPICalled" -> {
                String type = parameters.path("type").asText();
                if (List.of("error", "warning", "assert").contains(type)) {
                    problems.add(type + ": " + parameters.path("args"));
                }
            }
            case "Log.entryAdded" -> {
                JsonNode entry = parameters.path("entry");
                if (entry.path("level").asText().equals("error")) {
                    problems.add(entry.path("text").asText() + " "
                            + entry.path("url").asText());
                }
            }
            default -> {
                // of no interest here
            }
        }
    }

    @Override
    public void close() {
        tools.close();
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
