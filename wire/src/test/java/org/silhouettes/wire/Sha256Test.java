package org.silhouettes.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class Sha256Test {

    @Test
    void theDigestIsThatOfTheStandardsExample() {
        // FIPS 180-2, appendix B.1
        String digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

        assertThat(Sha256.hex("abc", 32)).isEqualTo(digest);
        assertThat(Sha256.hex(new byte[] {'a', 'b', 'c'}, 4)).isEqualTo(digest.substring(0, 8));
    }

    @Test
    void textIsUtf8() {
        assertThat(Sha256.hex("é", 8)).isEqualTo(Sha256.hex(new byte[] {(byte) 0xc3, (byte) 0xa9}, 8));
    }
}
