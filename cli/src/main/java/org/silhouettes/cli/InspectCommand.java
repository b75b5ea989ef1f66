package org.silhouettes.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.silhouettes.experiments.AtomicFiles;
import org.silhouettes.experiments.inspect.ModelRow;
import org.silhouettes.experiments.inspect.StateInspector;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks into a savepoint. */
@Command(
        name = "inspect",
        description = "Lists the models of a savepoint or a retained checkpoint, or exports one of them as .npz.")
final class InspectCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "SAVEPOINT",
            description = "Folder of the savepoint or checkpoint, or its URI.")
    private String savepoint;

    @Option(names = "--export", paramLabel = "MODEL", description = "Export this model instead of listing all.")
    private String model;

    @Option(
            names = "--out",
            paramLabel = "FILE.npz",
            defaultValue = "dictionary.npz",
            description = "File that --export writes: atoms and mean image (default: ${DEFAULT-VALUE}).")
    private Path file;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        StateInspector inspector = new StateInspector(RestorePath.uri("savepoint", savepoint));
        if (model == null) {
            print(inspector.models(), out);
        } else {
            byte[] npz = inspector
                    .export(model)
                    .orElseThrow(() -> new UsageException("savepoint " + savepoint + " has no model \"" + model
                            + "\" with a dictionary: leave --export out to list what it has"));
            AtomicFiles.write(file, npz);
            out.println("written to " + file + ": model " + model);
        }
        out.flush();
        return 0;
    }

    private static void print(List<ModelRow> models, PrintWriter out) {
        int widest = models.stream().mapToInt(row -> row.name.length()).max().orElse(0);
        String format = "%-" + Math.max(5, widest) + "s  %9s  %10s  %7s  %-22s  %s%n";
        out.printf(format, "model", "version", "images", "waiting", "shape", "sha256");
        for (ModelRow row : models) {
            String version = row.version < 0 ? "warm-up" : Long.toString(row.version);
            out.printf(format, row.name, version, row.images, row.waiting, row.shape(), row.sha256);
        }
        out.println(models.size() + (models.size() == 1 ? " model" : " models"));
    }
}
