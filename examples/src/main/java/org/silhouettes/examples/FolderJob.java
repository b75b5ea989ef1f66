package org.silhouettes.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.silhouettes.imaging.ContactSheet;
import org.silhouettes.job.stream.ImageLearning;
import org.silhouettes.job.stream.InputImage;
import org.silhouettes.job.stream.LearnedModel;

/**
 * Learns from the PNG and JPEG files of a folder, and of files that are added to it later. A picture's label is the name of
 * the subfolder that it is in. The atoms of each version are drawn into {@code OUTPUT/NAME.png}; rejected files are printed.
 *
 * <p>Arguments: {@code FOLDER OUTPUT [OPTION=VALUE …]} with the options of docs/options.md. The first atoms come after {@code
 * init.warm-up} pictures. Needs neither Kafka nor any other module of this project but the job.
 */
public final class FolderJob {

    private static final String MODEL = "pictures";

    /** A folder holds fewer pictures than a stream: start with 500, and do not wait for a full mini-batch. */
    private static final Map<String, String> DEFAULTS = Map.of("init.warm-up", "500", "flush.after", "2 s");

    private FolderJob() {}

    public static void main(String[] args) throws Exception {
        if (args.length < 2) {
            throw new IllegalArgumentException(
                    "give the folder of pictures and a folder for the atoms, then options such"
                            + " as init.warm-up=1000");
        }
        Map<String, String> options = new TreeMap<>(DEFAULTS);
        for (String option : Arrays.asList(args).subList(2, args.length)) {
            int at = option.indexOf('=');
            if (at < 1) {
                throw new IllegalArgumentException("argument \"" + option + "\" is no option: write OPTION=VALUE");
            }
            options.put(option.substring(0, at), option.substring(at + 1));
        }
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        define(env, Path.of(args[0]).toAbsolutePath(), Path.of(args[1]).toAbsolutePath(), options);
        env.execute("pictures of " + args[0]);
    }

    /** Defines the job; {@code options} are those of docs/options.md. */
    static void define(StreamExecutionEnvironment env, Path folder, Path output, Map<String, String> options) {
        FileSource<InputImage> files = FileSource.forBulkFileFormat(
                        new WholeFile(MODEL), new org.apache.flink.core.fs.Path(folder.toUri()))
                .monitorContinuously(Duration.ofSeconds(2))
                .build();
        // one reader: a model learns from its images in the order in which they arrive
        DataStream<InputImage> images = env.fromSource(files, WatermarkStrategy.noWatermarks(), "pictures")
                .setParallelism(1);
        ImageLearning learning = ImageLearning.on(images, options);
        String target = output.toString();
        learning.models()
                .map(model -> draw(model, Path.of(target)))
                .name("draw")
                .print("version");
        learning.rejected().print("rejected");
    }

    /** Draws the atoms, one group a row; a reader of the file never sees half of it. */
    private static long draw(LearnedModel model, Path output) throws IOException {
        Files.createDirectories(output);
        Path part = output.resolve(model.model() + ".png.part");
        Files.write(part, ContactSheet.atoms(model.atoms(), model.groupSize(), model.image()));
        Files.move(part, output.resolve(model.model() + ".png"), StandardCopyOption.REPLACE_EXISTING);
        return model.version();
    }
}
