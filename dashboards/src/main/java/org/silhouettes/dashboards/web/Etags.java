package org.silhouettes.dashboards.web;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;

/** Entity tags: what a client has already is not sent again. */
final class Etags {

    private Etags() {}

    /**
     * Sets the entity tag of an answer and returns whether the client has it, which is then answered with 304. The client may name
     * several, and a proxy that compressed one has marked it as weak.
     */
    static boolean isKnown(Context ctx, String tag) {
        String etag = "\"" + tag + "\"";
        ctx.header("ETag", etag);
        String known = ctx.header("If-None-Match");
        if (known == null || !known.contains(etag)) {
            return false;
        }
        ctx.status(HttpStatus.NOT_MODIFIED);
        return true;
    }
}
