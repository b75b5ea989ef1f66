package org.silhouettes.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The processes of the fault tests themselves: they pause, and never outlive their parent. */
@Timeout(240)
class ChildJvmIT {

    @TempDir
    Path folder;

    @Test
    void childrenDieWithTheirParent() throws Exception {
        ChildJvm parent =
                ChildJvm.start("parent", folder, ParentOfOne.class, List.of("-Xmx32m"), List.of(folder.toString()));
        Path told = folder.resolve("child.pid");
        Await.until("child starts", FlinkProcesses.PATIENCE, parent::logTail, () -> Files.size(told) > 0);
        ProcessHandle child =
                ProcessHandle.of(Long.parseLong(Files.readString(told))).orElseThrow();
        parent.kill();
        Await.until("child ends", FlinkProcesses.PATIENCE, child::toString, () -> !child.isAlive());
    }

    @Test
    void pausedProcessGoesOn() throws Exception {
        try (ChildJvm child = ChildJvm.start("paused", folder, Idle.class, List.of("-Xmx32m"), List.of())) {
            child.pause(Duration.ofMillis(500));
            Path status = Path.of("/proc", Long.toString(child.pid()), "status");
            Await.until("stopped", FlinkProcesses.PATIENCE, child::logTail, () -> stopped(status));
            Await.until("resumes", FlinkProcesses.PATIENCE, child::logTail, () -> !stopped(status));
            assertThat(child.isAlive()).isTrue();
        }
    }

    private static boolean stopped(Path status) throws Exception {
        return Files.readAllLines(status).stream().anyMatch(line -> line.startsWith("State:") && line.contains("T ("));
    }

    /** Starts a child of its own and waits. */
    public static final class ParentOfOne {
        public static void main(String[] args) throws Exception {
            Path folder = Path.of(args[0]);
            ChildJvm child = ChildJvm.start("child", folder, Idle.class, List.of("-Xmx32m"), List.of());
            Files.writeString(folder.resolve("child.pid"), Long.toString(child.pid()));
            Idle.main(args);
        }
    }

    /** Does nothing until it is killed. */
    public static final class Idle {
        public static void main(String[] args) throws InterruptedException {
            new CountDownLatch(1).await();
        }
    }
}
