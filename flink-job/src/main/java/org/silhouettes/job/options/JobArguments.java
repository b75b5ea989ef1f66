package org.silhouettes.job.options;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.JsonSchema;

/** Arguments of the job's main: {@code --conf FILE} and {@code -Dkey=value}, where the last value of a key wins. */
public final class JobArguments {

    private JobArguments() {}

    /** @throws IllegalArgumentException naming the invalid argument */
    public static Map<String, String> parse(String... args) throws IOException {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < args.length; i++) {
            if (args[i].equals("--conf") && i + 1 < args.length) {
                i++;
                values.putAll(readFile(new File(args[i]).toPath()));
            } else if (args[i].matches("(?s)-D[^=]+=.*")) {
                int equals = args[i].indexOf('=');
                values.put(args[i].substring(2, equals), args[i].substring(equals + 1));
            } else {
                throw new IllegalArgumentException(
                        "argument " + args[i] + " is unknown: use --conf FILE or -Dkey=value");
            }
        }
        return values;
    }

    /**
     * Reads a YAML file of scalars, flat or nested: {@code model.batch: 32} is the same as {@code batch: 32} below
     * {@code model:}. All values are read as text.
     *
     * @throws IllegalArgumentException naming the file and the place where it is not such a file
     */
    public static Map<String, String> readFile(Path file) throws IOException {
        LoadSettings yaml = LoadSettings.builder()
                .setLabel(file.toString())
                .setSchema(new TextSchema())
                .build();
        Object content;
        try {
            content = new Load(yaml).loadFromString(Files.readString(file));
        } catch (YamlEngineException e) {
            throw new IllegalArgumentException(file + " is not a valid YAML file: " + e.getMessage(), e);
        }
        Map<String, String> values = new LinkedHashMap<>();
        if (content != null) {
            flatten(file, "", content, values);
        }
        return values;
    }

    private static void flatten(Path file, String key, Object content, Map<String, String> values) {
        if (content instanceof Map<?, ?> map) {
            map.forEach(
                    (name, value) -> flatten(file, key.isEmpty() ? name.toString() : key + '.' + name, value, values));
        } else if (key.isEmpty() || !(content instanceof String)) {
            throw new IllegalArgumentException(file + " must have one \"key: value\" per line, got \"" + content + "\""
                    + (key.isEmpty() ? "" : " for " + key));
        } else if (values.put(key, (String) content) != null) {
            throw new IllegalArgumentException(file + " sets " + key + " twice: remove one of them");
        }
    }

    /** Reads every scalar as text: 1.10 stays a name. */
    private static final class TextSchema extends JsonSchema {
        @Override
        public ScalarResolver getScalarResolver() {
            return (value, implicit) -> Tag.STR;
        }
    }
}
