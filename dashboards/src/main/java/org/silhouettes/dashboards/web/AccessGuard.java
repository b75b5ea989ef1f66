package org.silhouettes.dashboards.web;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.HttpStatus;
import io.javalin.http.SameSite;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.silhouettes.dashboards.settings.PageAccess;

/**
 * Who may ask. A loopback address alone does not protect a page from other pages in the same browser, so:
 *
 * <ul>
 *   <li>Host must be one of loopback's names, the bound address, or an allowed name (else DNS rebinding could read all);
 *   <li>Origin, where a browser sends one, must be this very host; other sites may only navigate here;
 *   <li>where a token is set, a request shows it as {@code Authorization: Bearer …} or by the cookie that
 *       {@code /?token=…} sets.
 * </ul>
 */
final class AccessGuard {

    private static final String COOKIE = "silhouettes-token";
    private static final String CONTENT_POLICY = "default-src 'none'; script-src 'self'; worker-src 'self'; "
            + "style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
            + "frame-ancestors 'none'";

    private final Set<String> hosts = new HashSet<>(Set.of("localhost", "127.0.0.1", "[::1]"));
    private final Optional<byte[]> token;

    AccessGuard(PageAccess access) {
        String bound = access.bindAddress().toLowerCase(Locale.ROOT);
        hosts.add(bound.contains(":") && !bound.startsWith("[") ? "[" + bound + "]" : bound);
        access.allowedHosts().forEach(host -> hosts.add(host.toLowerCase(Locale.ROOT)));
        this.token = access.token().map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    /** Headers of every answer: nothing but this server's own files may run, be framed or be guessed at. */
    static void harden(Context ctx) {
        ctx.header("Content-Security-Policy", CONTENT_POLICY);
        ctx.header("X-Content-Type-Options", "nosniff");
        ctx.header("Referrer-Policy", "no-referrer");
        ctx.header("Cross-Origin-Opener-Policy", "same-origin");
        ctx.header("Cross-Origin-Resource-Policy", "same-origin");
        ctx.header("Permissions-Policy", "camera=(), microphone=(), geolocation=()");
    }

    /** Lets a request pass or refuses it with 403 or 401. */
    void check(Context ctx) {
        String host = ctx.header("Host");
        if (host == null || !hosts.contains(nameOf(host))) {
            throw new Refused(
                    HttpStatus.FORBIDDEN,
                    "host \"" + host
                            + "\" is not allowed: use the address that the dashboard listens on, or start it with"
                            + " --allow-host NAME");
        }
        String origin = ctx.header("Origin");
        if (origin != null && !origin.equals("http://" + host) && !origin.equals("https://" + host)) {
            throw new Refused(
                    HttpStatus.FORBIDDEN,
                    "a request from " + origin + " is refused: only this dashboard's own page may ask");
        }
        String site = ctx.header("Sec-Fetch-Site");
        boolean foreign = site != null && !site.equals("same-origin") && !site.equals("none");
        if (foreign && !"navigate".equals(ctx.header("Sec-Fetch-Mode"))) {
            throw new Refused(HttpStatus.FORBIDDEN, "a request from another site is refused: it may only link here");
        }
        if (token.isPresent() && !ctx.path().equals("/healthz")) {
            checkToken(ctx, token.get());
        }
    }

    private static void checkToken(Context ctx, byte[] expected) {
        String bearer = ctx.header("Authorization");
        String shown = bearer != null && bearer.startsWith("Bearer ")
                ? bearer.substring("Bearer ".length())
                : ctx.cookie(COOKIE);
        if (isToken(shown, expected)) {
            return;
        }
        String asked = ctx.path().equals("/") ? ctx.queryParam("token") : null;
        if (!isToken(asked, expected)) {
            throw new Refused(
                    HttpStatus.UNAUTHORIZED,
                    "a token is needed: open /?token=… once, or send the header Authorization: Bearer …");
        }
        Cookie cookie = new Cookie(COOKIE, asked);
        cookie.setHttpOnly(true);
        cookie.setSameSite(SameSite.STRICT);
        cookie.setSecure(ctx.scheme().equals("https"));
        cookie.setPath("/");
        ctx.cookie(cookie);
        ctx.redirect("/");
        ctx.skipRemainingHandlers();
    }

    private static boolean isToken(String shown, byte[] expected) {
        return shown != null && MessageDigest.isEqual(shown.getBytes(StandardCharsets.UTF_8), expected);
    }

    /** The host without its port, in lower case. */
    private static String nameOf(String host) {
        int end = host.startsWith("[") ? host.indexOf(']') + 1 : host.indexOf(':');
        return (end > 0 ? host.substring(0, end) : host).toLowerCase(Locale.ROOT);
    }
}
