package org.silhouettes.dashboards.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every error is answered in JSON, by a sentence that names the thing and the remedy. */
final class Errors {

    private static final Logger LOG = LoggerFactory.getLogger(Errors.class);
    private static final String UNEXPECTED =
            "the dashboard could not answer, by a fault of its own: its log has the cause";

    private Errors() {}

    /** Answers a request that ended in an {@link Error}, for example an {@link OutOfMemoryError}. */
    static void answer(HttpServletResponse response, Error error) {
        LOG.error("a request failed", error);
        try {
            response.setStatus(HttpStatus.INTERNAL_SERVER_ERROR.getCode());
            response.setContentType("application/json");
            response.getOutputStream().write(Json.bytes(error(UNEXPECTED)));
        } catch (IOException | IllegalStateException e) {
            LOG.debug("the client has gone, or has had part of its answer", e);
        }
    }

    /** Answers what the server refuses before any handler sees it, such as a request that is none. */
    static boolean answer(Request request, Response response, Callback callback) {
        Object message = request.getAttribute(ErrorHandler.ERROR_MESSAGE);
        int status = response.getStatus();
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        String text = message == null ? HttpStatus.forStatus(status).getMessage() : message.toString();
        response.write(true, ByteBuffer.wrap(Json.bytes(error(text))), callback);
        return true;
    }

    private static ObjectNode error(String message) {
        ObjectNode json = Json.object();
        json.put("error", message);
        return json;
    }

    /** @param maxBody bytes that a request's body may have */
    static void answer(RoutesConfig on, long maxBody) {
        on.exception(Refused.class, (e, ctx) -> answer(ctx, e.status(), e.getMessage()));
        on.exception(IllegalArgumentException.class, (e, ctx) -> answer(ctx, HttpStatus.BAD_REQUEST, e.getMessage()));
        on.exception(Exception.class, (e, ctx) -> {
            LOG.error("{} {} failed", ctx.method(), ctx.path(), e);
            answer(ctx, HttpStatus.INTERNAL_SERVER_ERROR, UNEXPECTED);
        });
        on.exception(HttpResponseException.class, (e, ctx) -> {
            HttpStatus status = HttpStatus.forStatus(e.getStatus());
            answer(
                    ctx,
                    status,
                    switch (status) {
                        case NOT_FOUND -> Refused.nothingAt(ctx.path()).getMessage();
                        case METHOD_NOT_ALLOWED ->
                            ctx.path() + " does not take " + ctx.method() + ": see /openapi.json";
                        case CONTENT_TOO_LARGE ->
                            "the body is larger than " + maxBody + " bytes: send a smaller picture";
                        default -> e.getMessage();
                    });
        });
    }

    private static void answer(Context ctx, HttpStatus status, String message) {
        ctx.status(status).contentType("application/json").result(Json.bytes(error(message)));
    }
}
