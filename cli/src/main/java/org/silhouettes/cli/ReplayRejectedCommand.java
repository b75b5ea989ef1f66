package org.silhouettes.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.silhouettes.job.RejectedReplay;
import org.silhouettes.job.options.KafkaSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Puts rejected records back. */
@Command(
        name = "replay-rejected",
        description =
                "Re-submits the records that were rejected since the last replay to the images topic, each exactly once,"
                        + " after the cause was fixed. Records that are still invalid are rejected again.")
final class ReplayRejectedCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private KafkaMixin kafka;

    @Mixin
    private JobArgumentsMixin job;

    @Override
    public Integer call() throws Exception {
        PrintWriter err = spec.commandLine().getErr();
        KafkaSettings settings = kafka.settings(job, Map.of(), err).kafka();
        KafkaMixin.warn(settings.clients(), err);
        // the clients themselves wait for a minute
        KafkaMixin.createMissing(settings.clients(), List.of());
        RejectedReplay.Report report = KafkaMixin.explained(settings.clients(), () -> RejectedReplay.run(settings));
        PrintWriter out = spec.commandLine().getOut();
        out.println("put back: " + report.replayed());
        if (report.incomplete() > 0) {
            out.println("not put back, as their value was left out for its size: " + report.incomplete()
                    + " (their headers topic, partition and offset name the original)");
        }
        if (report.foreign() > 0) {
            out.println("not put back, as the job did not reject them: " + report.foreign());
        }
        if (report.replayed() + report.incomplete() == 0) {
            out.println("topic " + settings.topics().rejected()
                    + " holds no record that was rejected since the last replay");
        }
        out.flush();
        return 0;
    }
}
