package org.silhouettes.dashboards.web;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.silhouettes.wire.Sha256;

/** The page's own files and uPlot's from its WebJar, from the class path, with strong ETags. */
final class StaticFiles {

    private static final Pattern NAME = Pattern.compile("[a-z0-9-]+\\.(html|css|js|svg|json)");
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml",
            "json", "application/json");
    private static final String WEBJAR = "/META-INF/resources/webjars/uplot/";
    private static final Map<String, String> UPLOT = Map.of(
            "uplot.js", "dist/uPlot.esm.js",
            "uplot.css", "dist/uPlot.min.css");

    private record File(byte[] bytes, String type, String etag) {}

    private final Map<String, File> files = new ConcurrentHashMap<>();
    private final String uplotVersion;

    StaticFiles() {
        try (InputStream in =
                StaticFiles.class.getResourceAsStream("/META-INF/maven/org.webjars.npm/uplot/pom.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            this.uplotVersion = properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException("uPlot's WebJar is not on the class path", e);
        }
    }

    /** Answers with the file of that name, or 304 where the browser has it. */
    void serve(Context ctx, String name) {
        if (!NAME.matcher(name).matches()) {
            throw Refused.nothingAt("/" + name);
        }
        File file = files.get(name);
        if (file == null) {
            file = load(name);
            // from a folder, which means the page is being worked on, it is read anew each time
            if (isPacked(name)) {
                files.put(name, file);
            }
        }
        ctx.header("Cache-Control", "no-cache");
        if (!Etags.isKnown(ctx, file.etag())) {
            ctx.contentType(file.type()).result(file.bytes());
        }
    }

    private String path(String name) {
        return UPLOT.containsKey(name) ? WEBJAR + uplotVersion + "/" + UPLOT.get(name) : "/dashboard/" + name;
    }

    private boolean isPacked(String name) {
        return "jar".equals(StaticFiles.class.getResource(path(name)).getProtocol());
    }

    private File load(String name) {
        try (InputStream in = StaticFiles.class.getResourceAsStream(path(name))) {
            if (in == null) {
                throw Refused.nothingAt("/" + name);
            }
            byte[] bytes = in.readAllBytes();
            String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
            return new File(bytes, type, Sha256.hex(bytes, 12));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
