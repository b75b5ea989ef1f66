package org.silhouettes.linalg.nd4j;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A float32 matrix off the Java heap, row-major: an ND4J array with its address kept at hand, so that a product costs no
 * copy and no look-up. Zeros when made. Not thread-safe; {@link #close()} gives the memory back at once.
 */
public final class Matrix implements AutoCloseable {

    private final int rows;
    private final int columns;
    private final INDArray array;
    private final FloatPointer address;
    private final FloatBuffer buffer;

    /** Zeros, [rows, columns]. */
    public Matrix(int rows, int columns) {
        Blas.load();
        this.rows = rows;
        this.columns = columns;
        this.array = Nd4j.zeros(DataType.FLOAT, rows, columns);
        this.address = new FloatPointer(array.data().addressPointer()).capacity((long) rows * columns);
        this.buffer = address.asBuffer();
    }

    public int rows() {
        return rows;
    }

    public int columns() {
        return columns;
    }

    /** The matrix from that row and column on, to be kept by callers that need it often. */
    public Part part(int row, int column) {
        if (row < 0 || row >= rows || column < 0 || column >= columns) {
            throw new IllegalArgumentException(
                    "part at [" + row + ", " + column + "] of a matrix [" + rows + ", " + columns + "]");
        }
        return new Part(new FloatPointer(address).position((long) row * columns + column), columns);
    }

    /** All of the matrix. */
    public Part all() {
        return part(0, 0);
    }

    /** Copies {@code length} values from {@code source[from]} on to the matrix's values from index {@code to} on. */
    public void put(int to, float[] source, int from, int length) {
        buffer.put(to, source, from, length);
    }

    /** Copies {@code length} of the matrix's values from index {@code from} on to {@code target[to]} on. */
    public void get(int from, float[] target, int to, int length) {
        buffer.get(from, target, to, length);
    }

    @Override
    public void close() {
        array.close();
    }

    /** A corner of a matrix, from which a product reads or into which it writes as many rows and columns as it has. */
    public static final class Part {
        final FloatPointer address;
        final int stride;

        private Part(FloatPointer address, int stride) {
            this.address = address;
            this.stride = stride;
        }
    }
}
