package org.silhouettes.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.silhouettes.faults.FailingOperator.Moment;
import org.silhouettes.job.Operators;

/** Rows of the table in which the learning operator throws. */
final class OperatorFaults {

    private final FaultLab lab;

    OperatorFaults(FaultLab lab) {
        this.lab = lab;
    }

    FaultRow betweenCheckpoints() throws IOException {
        return thrown(
                "exception in the operator, between checkpoints",
                "operator-between",
                List.of(Moment.ELEMENT, Moment.ELEMENT, Moment.ELEMENT),
                "after an image was learned and its output was emitted");
    }

    FaultRow duringCheckpoints() throws IOException {
        return thrown(
                "exception in the operator, during checkpoints",
                "operator-during",
                List.of(Moment.BEFORE_BARRIER, Moment.SNAPSHOT, Moment.COMPLETE),
                "before the barrier, in the snapshot, at its completion");
    }

    private FaultRow thrown(String fault, String name, List<Moment> moments, String note) throws IOException {
        Path orders = Files.createDirectories(lab.folder().resolve(name));
        RunSettings settings = RunSettings.plain(name)
                .withChanges(graph -> FailingOperator.replace(graph, Operators.LEARN.title(), orders));
        try (FaultRun run = lab.run(settings)) {
            for (int i = 0; i < moments.size(); i++) {
                Moment moment = moments.get(i);
                CompletableFuture<Void> sending = run.sendUpTo((i + 1.0) / (moments.size() + 1), Duration.ofSeconds(2));
                run.restartsAfter(moment.name(), () -> FailingOperator.arm(orders, moment));
                Feed.await(sending);
            }
            return run.row(fault, moments.size(), true, note);
        }
    }
}
