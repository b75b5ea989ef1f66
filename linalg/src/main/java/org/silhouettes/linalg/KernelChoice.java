package org.silhouettes.linalg;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses the {@link Kernels} of this JVM and logs one warning where they are slow. */
final class KernelChoice {

    static final String MODULE = "jdk.incubator.vector";

    /** What makes the kernels of this JVM slow; logged once. */
    static final Optional<String> SLOWNESS;

    static final Kernels BEST;

    static {
        boolean module = ModuleLayer.boot().findModule(MODULE).isPresent();
        boolean fma = hasFma();
        // in a class of its own, so that nothing here needs the module
        boolean vectors = fma && module && VectorKernels.fits();
        SLOWNESS = slowness(fma, module, vectors);
        BEST = vectors ? new VectorKernels() : new PlainKernels();
        Logger log = LoggerFactory.getLogger(Kernels.class);
        SLOWNESS.ifPresent(log::warn);
        log.debug("kernels: {}", BEST.description());
    }

    private KernelChoice() {}

    /**
     * What makes these kernels slow, and the remedy.
     *
     * @param fma whether the JVM has fused multiply-add instructions
     * @param module whether it has the module of vector instructions
     * @param vectors whether these are wide enough
     */
    static Optional<String> slowness(boolean fma, boolean module, boolean vectors) {
        if (!fma) {
            return Optional.of(
                    "this JVM has no fused multiply-add instruction (FMA3), each is computed with BigDecimal:"
                            + " encoding and learning take hundreds of times as long. Run on a CPU with FMA, or pass it through"
                            + " to the virtual machine (QEMU: -cpu host), and do not set -XX:-UseFMA");
        }
        if (!module) {
            return Optional.of("this JVM runs without --add-modules " + MODULE
                    + ": encoding and learning take two to seven times as long. Add that option to the JVM");
        }
        if (!vectors) {
            return Optional.of(
                    "this JVM has no vectors of 8 floats (AVX2): encoding and learning take two to seven times as"
                            + " long. Run on a CPU with AVX2, and do not set -XX:UseAVX below 2");
        }
        return Optional.empty();
    }

    /** Whether {@link Math#fma} is an instruction; true where the JVM does not tell. */
    static boolean hasFma() {
        try {
            HotSpotDiagnosticMXBean flags = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
            return flags == null
                    || Boolean.parseBoolean(flags.getVMOption("UseFMA").getValue());
        } catch (IllegalArgumentException | NoClassDefFoundError e) {
            // another JVM, or one on a CPU of another kind
            return true;
        }
    }
}
