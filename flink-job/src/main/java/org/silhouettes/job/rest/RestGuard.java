package org.silhouettes.job.rest;

import static org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpHeaderNames.CONNECTION;
import static org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpHeaderNames.CONTENT_LENGTH;
import static org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpHeaderNames.CONTENT_TYPE;
import static org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpHeaderNames.HOST;
import static org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpHeaderNames.ORIGIN;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.shaded.netty4.io.netty.buffer.Unpooled;
import org.apache.flink.shaded.netty4.io.netty.channel.ChannelFutureListener;
import org.apache.flink.shaded.netty4.io.netty.channel.ChannelHandlerContext;
import org.apache.flink.shaded.netty4.io.netty.channel.ChannelInboundHandlerAdapter;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.DefaultFullHttpResponse;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpMethod;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpRequest;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpResponseStatus;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpVersion;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.QueryStringDecoder;
import org.apache.flink.shaded.netty4.io.netty.util.ReferenceCountUtil;

/**
 * Refuses requests to Flink's REST endpoint that a foreign web page can cause: an unknown {@code Host} (DNS rebinding), a
 * foreign {@code Origin}, a request that the browser marks as cross-site, and the GET requests that cancel or stop a job.
 * One object for each connection.
 */
final class RestGuard extends ChannelInboundHandlerAdapter {

    /** Flink registers them for GET, whatever {@code web.cancel.enable} says. */
    private static final Set<String> ENDS_A_JOB = Set.of("yarn-cancel", "yarn-stop");

    private static final String FETCH_SITE = "Sec-Fetch-Site";
    private static final String FETCH_MODE = "Sec-Fetch-Mode";

    private final Set<String> hosts;

    /** @param hosts allowed host names in lower case, without ports */
    RestGuard(Collection<String> hosts) {
        this.hosts = Set.copyOf(hosts);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        Optional<String> refusal = message instanceof HttpRequest request ? refusal(request) : Optional.empty();
        if (refusal.isEmpty()) {
            context.fireChannelRead(message);
            return;
        }
        ReferenceCountUtil.release(message);
        byte[] body = ("{\"errors\":[\"" + refusal.get() + "\"]}").getBytes(StandardCharsets.UTF_8);
        DefaultFullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.FORBIDDEN, Unpooled.wrappedBuffer(body));
        response.headers().set(CONTENT_TYPE, "application/json; charset=UTF-8");
        response.headers().set(CONTENT_LENGTH, body.length);
        response.headers().set(CONNECTION, "close");
        var unused = context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }

    /** Why a request is refused. Holds no text of the request. */
    private Optional<String> refusal(HttpRequest request) {
        List<String> named = request.headers().getAll(HOST);
        if (named.size() != 1 || !hosts.contains(withoutPort(named.get(0)))) {
            return Optional.of(
                    "the Host header names no host of this endpoint: ask for it as 127.0.0.1, or add the name"
                            + " to Flink's option " + RestGuardFactory.ALLOWED_HOSTS.key());
        }
        String host = named.get(0).strip().toLowerCase(Locale.ROOT);
        for (String origin : request.headers().getAll(ORIGIN)) {
            if (!origin.equalsIgnoreCase("http://" + host) && !origin.equalsIgnoreCase("https://" + host)) {
                return Optional.of("the request comes from another site's page (Origin)");
            }
        }
        if (isCrossSite(request)) {
            return Optional.of("the request comes from another site's page (Sec-Fetch-Site)");
        }
        if (endsAJob(request.uri())) {
            return Optional.of("jobs are not cancelled or stopped by this path: PATCH /jobs/ID cancels,"
                    + " POST /jobs/ID/stop stops");
        }
        return Optional.empty();
    }

    /** What a page of another site loads or sends; a link that the user follows to this page is fine. */
    private static boolean isCrossSite(HttpRequest request) {
        String site = request.headers().get(FETCH_SITE);
        boolean foreign = "cross-site".equalsIgnoreCase(site) || "same-site".equalsIgnoreCase(site);
        boolean followed = "navigate".equalsIgnoreCase(request.headers().get(FETCH_MODE))
                && request.method().equals(HttpMethod.GET)
                && "document".equalsIgnoreCase(request.headers().get("Sec-Fetch-Dest"));
        return foreign && !followed;
    }

    private static boolean endsAJob(String uri) {
        String path;
        try {
            path = new QueryStringDecoder(uri).path();
        } catch (IllegalArgumentException e) {
            // Flink's router refuses it too
            return false;
        }
        for (String part : path.split("/", -1)) {
            if (ENDS_A_JOB.contains(part.toLowerCase(Locale.ROOT))) {
                return true;
            }
        }
        return false;
    }

    private static String withoutPort(String host) {
        String lower = host.strip().toLowerCase(Locale.ROOT);
        int colon = lower.lastIndexOf(':');
        return colon > lower.lastIndexOf(']') ? lower.substring(0, colon) : lower;
    }
}
