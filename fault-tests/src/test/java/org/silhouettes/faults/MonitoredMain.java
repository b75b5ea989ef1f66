package org.silhouettes.faults;

import java.util.Arrays;

/**
 * Runs another class's {@code main} and halts when the process that started it is gone, so that a test JVM that dies
 * (even by {@code kill -9}) leaves nothing behind. Arguments: the parent's process id, the main class, its arguments.
 */
public final class MonitoredMain {

    private static final int ORPHANED = 86;

    private MonitoredMain() {}

    public static void main(String[] args) throws Exception {
        long parent = Long.parseLong(args[0]);
        Thread watch = new Thread(() -> haltWithout(parent), "watch-parent");
        watch.setDaemon(true);
        watch.start();
        Class.forName(args[1]).getMethod("main", String[].class).invoke(null, (Object)
                Arrays.copyOfRange(args, 2, args.length));
    }

    private static void haltWithout(long parent) {
        ProcessHandle.of(parent).ifPresent(handle -> handle.onExit().join());
        Runtime.getRuntime().halt(ORPHANED);
    }
}
