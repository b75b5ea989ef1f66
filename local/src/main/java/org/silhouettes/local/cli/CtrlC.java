package org.silhouettes.local.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** Lets a command clean up when the process is told to end. */
final class CtrlC {

    private static final long PATIENCE_SECONDS = 20;

    private CtrlC() {}

    /**
     * Runs a body in this thread and returns its exit code. On Ctrl-C or SIGTERM the thread is interrupted, and the process
     * waits until the body has closed what it opened, 20 s at most; what the interrupt makes fail then is no error.
     */
    static int endsCleanly(PrintWriter out, Callable<Integer> body) throws Exception {
        Thread running = Thread.currentThread();
        AtomicBoolean ending = new AtomicBoolean();
        CountDownLatch closed = new CountDownLatch(1);
        Thread hook = new Thread(
                () -> {
                    ending.set(true);
                    out.println();
                    out.println("stopping…");
                    out.flush();
                    running.interrupt();
                    awaitQuietly(closed);
                },
                "ctrl-c");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return body.call();
        } catch (Exception e) {
            if (ending.get()) {
                LoggerFactory.getLogger(CtrlC.class).info("interrupted", e);
                return CommandLine.ExitCode.SOFTWARE;
            }
            throw e;
        } finally {
            closed.countDown();
            remove(hook);
        }
    }

    private static void awaitQuietly(CountDownLatch closed) {
        try {
            boolean unused = closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process is ending: the hook is what ends it
        }
    }
}
