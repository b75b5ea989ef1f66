package org.silhouettes.linalg;

/** What multiplies the matrices of encoding and learning. */
public enum LinalgBackend {
    /** Vector instructions, or plain Java where the JVM has none: the same bits on every CPU. The default. */
    VECTOR,
    /** The OpenBLAS of ND4J for dense matrices: it adds in an order that depends on the CPU. */
    ND4J
}
