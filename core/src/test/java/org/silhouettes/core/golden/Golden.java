package org.silhouettes.core.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.encoder.EncoderSettings;
import org.silhouettes.core.encoder.Shrinkage;
import org.silhouettes.core.encoder.StepRule;
import org.silhouettes.core.encoder.Unrolling;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.wire.Npy;

/** The golden vectors, found by listing their folder; what is in them is said in the README next to them. */
public final class Golden {

    private static final String SUFFIX = ".f64.npy";

    private final Path folder;
    private final SortedMap<String, Npy.Array> arrays = new TreeMap<>();
    private final JsonNode meta;

    public Golden() {
        try {
            folder = Path.of(Golden.class.getResource("/golden/README.md").toURI())
                    .getParent();
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    String name = file.getFileName().toString();
                    if (name.endsWith(SUFFIX)) {
                        arrays.put(
                                name.substring(0, name.length() - SUFFIX.length()),
                                Npy.decode(Files.readAllBytes(file)));
                    }
                }
            }
            meta = new ObjectMapper()
                    .readTree(folder.resolve("golden_meta.json").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All arrays by name. */
    public SortedMap<String, Npy.Array> arrays() {
        return arrays;
    }

    public JsonNode meta() {
        return meta;
    }

    /** An array's rows; of more than two dimensions, the last is the columns. */
    public double[][] rows(String name) {
        Npy.Array array = arrays.get(name);
        if (array == null) {
            throw new IllegalArgumentException("no golden array " + name + " in " + folder);
        }
        return Oracle.rows(array.values(), array.shape()[array.shape().length - 1]);
    }

    public DictionaryShape shape() {
        return new DictionaryShape(meta.get("G").intValue(), meta.get("d").intValue(), new ImageShape(6, 6, 1));
    }

    /** The encoder that a prefix such as {@code fista_onesided_authors} stands for. */
    public EncoderSettings encoder(String prefix) {
        String shrinkage = prefix.substring(prefix.indexOf('_') + 1);
        return new EncoderSettings(
                meta.get("lambda").doubleValue(),
                meta.get("tau").doubleValue(),
                StepRule.CLAMPED,
                meta.get("layers").intValue(),
                prefix.startsWith("fista_") ? Unrolling.FISTA : Unrolling.ISTA,
                switch (shrinkage) {
                    case "onesided_authors" -> Shrinkage.ONE_SIDED_AUTHORS;
                    case "onesided_exact" -> Shrinkage.ONE_SIDED_EXACT;
                    case "twosided" -> Shrinkage.TWO_SIDED;
                    default -> throw new IllegalArgumentException("no shrinkage is called " + shrinkage);
                });
    }

    /** Prefixes of all encoders in the folder. */
    public Stream<String> encoders() {
        return arrays.keySet().stream()
                .filter(name -> name.endsWith("_codes"))
                .map(name -> name.substring(0, name.length() - "_codes".length()));
    }
}
