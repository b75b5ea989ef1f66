package org.silhouettes.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** Lets a command clean up when the process is asked to end. */
final class CtrlC {

    private static final long PATIENCE_SECONDS = 20;

    private static final AtomicReference<Runnable> BEFORE_EXIT = new AtomicReference<>(() -> {});
    private static final AtomicBoolean BODY_RUNS = new AtomicBoolean();
    private static final AtomicBoolean HOOKED = new AtomicBoolean();
    private static final AtomicBoolean PROCESS_ENDS = new AtomicBoolean();

    private CtrlC() {}

    /** Sets what is done last when the process is asked to end, after a running body has closed what it opened. */
    static void beforeExit(Runnable action) {
        BEFORE_EXIT.set(action);
        if (HOOKED.compareAndSet(false, true)) {
            Runtime.getRuntime().addShutdownHook(new Thread(CtrlC::exitWithoutBody, "exit"));
        }
    }

    /** Whether the process was asked to end while a body ran. */
    static boolean processEnds() {
        return PROCESS_ENDS.get();
    }

    private static void exitWithoutBody() {
        if (!BODY_RUNS.get()) {
            BEFORE_EXIT.get().run();
        }
    }

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
                    PROCESS_ENDS.set(true);
                    out.println();
                    out.println("stopping…");
                    out.flush();
                    running.interrupt();
                    awaitQuietly(closed, out);
                    BEFORE_EXIT.get().run();
                },
                "ctrl-c");
        Runtime.getRuntime().addShutdownHook(hook);
        BODY_RUNS.set(true);
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
            if (remove(hook)) {
                BODY_RUNS.set(false);
            }
        }
    }

    private static void awaitQuietly(CountDownLatch closed, PrintWriter out) {
        try {
            if (!closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                out.println("not everything was closed within " + PATIENCE_SECONDS + " s: ending without it");
                out.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** False where the process is ending: the hook is what ends it. */
    private static boolean remove(Thread hook) {
        try {
            return Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return false;
        }
    }
}
