package org.silhouettes.dashboards.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;

/** Every error is answered in JSON, by a sentence that names the thing and the remedy. */
final class Errors {

    private Errors() {}

    /** @param maxBody bytes that a request's body may have */
    static void answer(RoutesConfig on, long maxBody) {
        on.exception(Refused.class, (e, ctx) -> answer(ctx, e.status(), e.getMessage()));
        on.exception(IllegalArgumentException.class, (e, ctx) -> answer(ctx, HttpStatus.BAD_REQUEST, e.getMessage()));
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
        ObjectNode json = Json.object();
        json.put("error", message);
        ctx.status(status).contentType("application/json").result(Json.bytes(json));
    }
}
