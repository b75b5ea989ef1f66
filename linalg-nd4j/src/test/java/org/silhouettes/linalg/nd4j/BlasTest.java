package org.silhouettes.linalg.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BlasTest {

    @Test
    void libraryOfThisMachinePassesItsSelfTest() {
        assertThat(BlasSelfTest.fault()).isNull();
    }

    @Test
    void partOutsideItsMatrixIsRefused() {
        try (Matrix matrix = new Matrix(2, 3)) {
            assertThatThrownBy(() -> matrix.part(2, 0)).hasMessage("part at [2, 0] of a matrix [2, 3]");
        }
    }
}
