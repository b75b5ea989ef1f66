package org.silhouettes.dashboards.web;

import io.javalin.http.HttpStatus;

/** A request that is answered with an error: its status, and a sentence that names the thing and the remedy. */
final class Refused extends RuntimeException {

    private final HttpStatus status;

    Refused(HttpStatus status, String message) {
        super(message);
        this.status = status;
    }

    static Refused nothingAt(String path) {
        return new Refused(
                HttpStatus.NOT_FOUND, "there is nothing at " + path + ": the page is at /, and /api lists all else");
    }

    HttpStatus status() {
        return status;
    }
}
