package org.silhouettes.testkit.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/** One page of a browser over the DevTools protocol: calls with their answers, and events to listeners. Thread-safe. */
final class DevTools implements AutoCloseable {

    /** Whatever a browser does here, it does in less. */
    static final int SECONDS = 60;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final WebSocket socket;
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final CopyOnWriteArrayList<BiConsumer<String, JsonNode>> listeners = new CopyOnWriteArrayList<>();

    /** A call that the browser refused. */
    static final class Refusal extends IllegalStateException {
        Refusal(String message) {
            super(message);
        }
    }

    private DevTools(HttpClient http, URI page) throws Exception {
        socket = http.newWebSocketBuilder().buildAsync(page, new Listener()).get(SECONDS, TimeUnit.SECONDS);
    }

    /** Connects to the first page of the browser that debugs on that port of this machine. */
    static DevTools ofFirstPage(int port) throws Exception {
        HttpClient http = HttpClient.newHttpClient();
        HttpRequest list = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/list"))
                .build();
        String targets = http.send(list, HttpResponse.BodyHandlers.ofString()).body();
        for (JsonNode target : JSON.readTree(targets)) {
            if (target.path("type").asText().equals("page")) {
                return new DevTools(
                        http, URI.create(target.path("webSocketDebuggerUrl").asText()));
            }
        }
        throw new IllegalStateException("the browser has no page open, only " + targets);
    }

    /** Tells the listener every event's method and parameters, on the socket's thread: it must not call. */
    void listen(BiConsumer<String, JsonNode> listener) {
        listeners.add(listener);
    }

    /** The next event of that method, from this moment on. */
    CompletableFuture<JsonNode> next(String method) {
        CompletableFuture<JsonNode> next = new CompletableFuture<>();
        BiConsumer<String, JsonNode> listener = (event, parameters) -> {
            if (event.equals(method)) {
                next.complete(parameters);
            }
        };
        listeners.add(listener);
        return next.whenComplete((parameters, failure) -> listeners.remove(listener));
    }

    /** Calls a method of the protocol and waits for its result. */
    JsonNode call(String method, Map<String, ?> parameters) throws Exception {
        int id = ids.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.put(id, answer);
        ObjectNode message = JSON.createObjectNode();
        message.put("id", id).put("method", method).set("params", JSON.valueToTree(parameters));
        synchronized (socket) {
            socket.sendText(message.toString(), true).get(SECONDS, TimeUnit.SECONDS);
        }
        try {
            JsonNode reply = answer.get(SECONDS, TimeUnit.SECONDS);
            if (reply.has("error")) {
                throw new Refusal(
                        method + ": " + reply.path("error").path("message").asText());
            }
            return reply.path("result");
        } catch (ExecutionException e) {
            throw new IllegalStateException("the browser went away during " + method, e.getCause());
        }
    }

    @Override
    public void close() {
        socket.abort();
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                String message = text.toString();
                text.setLength(0);
                try {
                    take(JSON.readTree(message));
                } catch (IOException e) {
                    onError(webSocket, e);
                }
            }
            webSocket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket webSocket, int status, String reason) {
            onError(webSocket, new IOException("the browser closed the connection: " + status + " " + reason));
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            answers.values().forEach(answer -> answer.completeExceptionally(error));
        }

        private void take(JsonNode message) {
            if (message.has("id")) {
                CompletableFuture<JsonNode> answer =
                        answers.remove(message.path("id").asInt());
                if (answer != null) {
                    answer.complete(message);
                }
                return;
            }
            for (BiConsumer<String, JsonNode> listener : listeners) {
                listener.accept(message.path("method").asText(), message.path("params"));
            }
        }
    }
}
