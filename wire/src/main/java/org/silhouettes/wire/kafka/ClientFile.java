package org.silhouettes.wire.kafka;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * A file of Kafka client properties, as Kafka's own tools take it with {@code --command-config}. Values may refer to
 * Kafka's config providers; Kafka's clients resolve them. No message quotes a value, since it may be a secret.
 */
public final class ClientFile {

    private ClientFile() {}

    /**
     * Reads and checks a file.
     *
     * @return value by name, without the list of the plug-ins' names
     * @throws IllegalArgumentException where the file cannot be read or holds a name that is unknown or may not be set
     */
    public static Map<String, String> read(Path file) {
        Properties properties = load(file);
        List<String> plugIns = plugIns(properties);
        Map<String, String> values = new TreeMap<>();
        for (String name : properties.stringPropertyNames()) {
            if (name.equals(ClientNames.PLUG_INS)) {
                continue;
            }
            String shown = "property " + name + " in \"" + file + "\"";
            ClientNames.requireFree(name, shown);
            if (!ClientNames.isKnown(name) && plugIns.stream().noneMatch(name::startsWith)) {
                throw new IllegalArgumentException(shown + " is not known to any Kafka client: did you mean "
                        + String.join(", ", ClientNames.nearest(name)) + "? If a plug-in defines it, name it in "
                        + ClientNames.PLUG_INS);
            }
            values.put(name, properties.getProperty(name).strip());
        }
        return values;
    }

    private static List<String> plugIns(Properties properties) {
        List<String> names = new ArrayList<>();
        for (String name : properties.getProperty(ClientNames.PLUG_INS, "").split(",", -1)) {
            if (!name.isBlank()) {
                names.add(name.strip());
            }
        }
        return names;
    }

    private static Properties load(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("there is no Kafka client file \"" + file
                    + "\": give a properties file that this process can read (--kafka-config, kafka.config)");
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            // the reason of a malformed escape may quote the line
            throw new IllegalArgumentException("Kafka client file \"" + file + "\" cannot be read ("
                    + e.getClass().getSimpleName()
                    + "): give a readable properties file in UTF-8, one name=value a line");
        }
        return properties;
    }
}
