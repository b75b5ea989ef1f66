package org.silhouettes.core.linalg;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses the {@link Kernels} of this JVM, and says so once. */
final class KernelChoice {

    static final String MODULE = "jdk.incubator.vector";

    static final Kernels BEST = choose();

    private KernelChoice() {}

    private static Kernels choose() {
        Logger log = LoggerFactory.getLogger(Kernels.class);
        if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
            log.warn(
                    "this JVM runs without --add-modules {}: encoding and learning take half as long again, or more",
                    MODULE);
            return new PlainKernels();
        }
        // a class of its own, so that nothing here needs the module
        Kernels kernels = new VectorKernels();
        log.debug("kernels: {}", kernels.description());
        return kernels;
    }
}
