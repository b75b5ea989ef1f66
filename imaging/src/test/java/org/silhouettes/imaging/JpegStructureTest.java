package org.silhouettes.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.silhouettes.imaging.JpegBytes.bytes;
import static org.silhouettes.imaging.JpegBytes.imageIo;
import static org.silhouettes.imaging.JpegBytes.indexOf;
import static org.silhouettes.imaging.JpegBytes.insert;
import static org.silhouettes.imaging.JpegBytes.remove;
import static org.silhouettes.imaging.JpegBytes.with;
import static org.silhouettes.imaging.JpegBytes.written;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JpegStructureTest {

    private static final int SOF = 0xc0;
    private static final int PROGRESSIVE = 0xc2;
    private static final int SOS = 0xda;
    private static final int EOI = 0xd9;

    private final PictureDecoder decoder = new PictureDecoder(PictureLimits.DEFAULTS);
    private byte[] gray;
    private byte[] colour;
    private byte[] progressive;

    @BeforeEach
    void write() throws IOException {
        gray = written(40, 24, 1, false);
        colour = written(40, 24, 3, false);
        progressive = written(40, 24, 3, true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ff01", // TEM, which has no length
                "ffd0",
                "ffd7", // restarts, which have none
                "ff00", // a stuffed byte
                "616263", // bytes that no marker starts
                "ffd8",
                "ffd8ffd9",
                "ffd9",
                "ff020004abcd", // reserved
                "ffbf0004abcd",
                "ffdc00040018", // DNL
                "ffde0008080010001000", // hierarchical
                "ffdf000311", // EXP
                "ffcc000400ab", // arithmetic conditioning
                "ffc80004abcd", // JPG
                "fff00004abcd", // JPG0
                "fff70004abcd", // SOF48, JPEG-LS
                "ffe00001", // a length without itself
                "ffe0ffff" // a length over the end
            })
    void whatDecodersReadDifferentlyIsRefusedBeforeDecoding(String hex) {
        byte[] more = java.util.HexFormat.of().parseHex(hex);
        for (byte[] whole : new byte[][] {gray, colour, progressive}) {
            int frame = indexOf(whole, whole == progressive ? PROGRESSIVE : SOF, 0);
            for (int at : new int[] {2, frame, indexOf(whole, SOS, 0)}) {
                assertRefused(insert(whole, at, more), "JPEG");
            }
            if (!hex.equals("ff00") && !hex.startsWith("ffd") && !hex.equals("616263")) {
                assertRefused(insert(whole, whole.length - 2, more), "JPEG");
            }
        }
        assertThat(decoder.work().scans()).isZero();
    }

    @Test
    void aFrameBehindAMarkerWithoutALengthIsNeverAllocated() throws IOException {
        byte[] bomb = resource("oversize_behind_tem.jpg");
        assertRefused(gray, bomb, "ff 01");
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        assertThatThrownBy(() -> decoder.jpeg(bomb)).isInstanceOf(PictureException.class);
        assertThat(threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before)
                .isLessThan(1 << 20);
    }

    @Test
    void aSecondFrameIsRefused() {
        for (byte[] whole : new byte[][] {gray, colour, progressive}) {
            int at = indexOf(whole, whole == progressive ? PROGRESSIVE : SOF, 0);
            byte[] frame = Arrays.copyOfRange(whole, at, at + 2 + (whole[at + 3] & 0xff));
            assertRefused(insert(whole, at, frame), "a second frame header");
            assertRefused(insert(whole, whole.length - 2, frame), "a second frame header");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0xc3, lossless",
        "0xc5, hierarchical",
        "0xc9, arithmetically",
        "0xca, arithmetically",
        "0xcb, arithmetically",
        "0xcf, arithmetically"
    })
    void aCodingProcessThatIsNotTakenIsNamed(String marker, String name) {
        int at = indexOf(gray, SOF, 0) + 1;
        assertRefused(with(gray, at, Integer.decode(marker)), name);
    }

    @Test
    void extendedSequentialIsTaken() throws Exception {
        byte[] extended = with(gray, indexOf(gray, SOF, 0) + 1, 0xc1);
        assertThat(decoder.jpeg(extended).samples()).isEqualTo(imageIo(gray));
    }

    @Test
    void aFrameHeaderThatIsNoneIsRefused() {
        int at = indexOf(colour, SOF, 0);
        assertRefused(with(colour, at + 4, 12), "samples of 12 bits");
        assertRefused(with(with(colour, at + 5, 0), at + 6, 0), "40x0 pixels");
        assertRefused(with(with(colour, at + 7, 0), at + 8, 0), "0x24 pixels");
        assertRefused(with(colour, at + 9, 2), "2 components");
        assertRefused(with(colour, at + 11, 0x02), "sampling factors 0x2");
        assertRefused(with(colour, at + 11, 0x25), "sampling factors 2x5");
        assertRefused(with(colour, at + 13, colour[at + 10]), "two components have the id");
        assertRefused(with(colour, at + 3, 20), "frame header has 20 bytes");
    }

    @Test
    void moreScansThanEncodersWriteAreRefusedBeforeAnyIsDecoded() throws Exception {
        // a last refinement scan of all AC coefficients, sent 1,000 times
        byte[] whole = written(40, 24, 1, true);
        int scans = 0;
        while (count(whole, SOS) > scans) {
            scans++;
        }
        int last = indexOf(whole, SOS, scans - 1);
        byte[] scan = Arrays.copyOfRange(whole, last, whole.length - 2);
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        bomb.writeBytes(Arrays.copyOf(whole, whole.length - 2));
        for (int i = 0; i < 1000; i++) {
            bomb.writeBytes(scan);
        }
        bomb.writeBytes(bytes(0xff, EOI));
        assertRefused(bomb.toByteArray(), "JPEG");
        assertThat(decoder.work().scans()).isZero();
        assertThat(decoder.jpeg(whole).samples()).isEqualTo(imageIo(whole));
        assertThat(decoder.work().scans()).isEqualTo(scans);
    }

    @Test
    void manyProperScansAreRefusedToo() {
        // one coefficient a scan, from bit 13 down to bit 0: 64 · 14 scans that no rule of the format forbids
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        bomb.writeBytes(Arrays.copyOf(gray, indexOf(gray, SOS, 0)));
        for (int k = 0; k < 64; k++) {
            for (int low = 13; low >= 0; low--) {
                bomb.writeBytes(bytes(0xff, SOS, 0, 8, 1, 1, 0, k, k, (low == 13 ? 0 : low + 1) << 4 | low));
                bomb.writeBytes(new byte[8]);
            }
        }
        bomb.writeBytes(bytes(0xff, EOI));
        byte[] file = with(bomb.toByteArray(), indexOf(gray, SOF, 0) + 1, PROGRESSIVE);
        assertRefused(file, "more than 64 scans");
    }

    @Test
    void scansThatRepeatOrAreMissingAreRefused() {
        int scans = count(progressive, SOS);
        assertThat(scans).isGreaterThan(5);
        for (int scan = 0; scan < scans; scan++) {
            int from = indexOf(progressive, SOS, scan);
            int to = scan + 1 < scans ? nextSegment(progressive, scan) : progressive.length - 2;
            assertRefused(remove(progressive, from, to), "JPEG is");
            assertRefused(insert(progressive, from, Arrays.copyOfRange(progressive, from, to)), "repeats or skips");
        }
        int at = indexOf(gray, SOS, 0);
        byte[] scan = Arrays.copyOfRange(gray, at, gray.length - 2);
        assertRefused(insert(gray, at, scan), "repeats or skips");
    }

    @Test
    void aClaimThatTheDataCannotHoldIsRefusedBeforeAllocation() {
        for (byte[] whole : new byte[][] {gray, colour, progressive}) {
            int at = indexOf(whole, whole == progressive ? PROGRESSIVE : SOF, 0);
            byte[] claims = with(with(whole, at + 5, 1900 >> 8), at + 6, 1900);
            assertRefused(with(with(claims, at + 7, 2000 >> 8), at + 8, 2000), "claims 2000x1900 pixels and has");
        }
        assertThat(decoder.work().pixels()).isZero();
    }

    @Test
    void samplingFactorsDoNotMultiplyMemory() {
        int at = indexOf(colour, SOF, 0);
        // a thin picture, whose components are padded to 32 samples a pixel each
        PictureDecoder small = new PictureDecoder(new PictureLimits(1 << 20, 65_000));
        byte[] thin = with(with(colour, at + 5, 0xfd), at + 6, 0xe8);
        byte[] claim = with(with(thin, at + 7, 0), at + 8, 1);
        int frame = indexOf(claim, SOF, 0);
        byte[] sampled = with(with(with(claim, frame + 11, 0x44), frame + 14, 0x44), frame + 17, 0x44);
        assertThatThrownBy(() -> small.jpeg(sampled)).isInstanceOf(PictureException.class);
        assertThat(small.work().pixels()).isZero();
    }

    @Test
    void whatChangesNoPixelIsTaken() throws Exception {
        for (byte[] whole : new byte[][] {gray, colour, progressive}) {
            byte[] expected = imageIo(whole);
            assertThat(decoder.jpeg(whole).samples()).isEqualTo(expected);
            byte[] filled = insert(whole, indexOf(whole, SOS, 0), bytes(0xff, 0xff, 0xff));
            assertThat(decoder.jpeg(filled).samples()).as("fill bytes").isEqualTo(expected);
            byte[] comment = insert(whole, 2, bytes(0xff, 0xfe, 0, 6, 0xff, 0xc0, 0xff, 0xda));
            assertThat(decoder.jpeg(comment).samples()).as("comment").isEqualTo(expected);
            byte[] trailing = insert(whole, whole.length, "trailing\u00ff\u00d8".getBytes(StandardCharsets.ISO_8859_1));
            assertThat(decoder.jpeg(trailing).samples()).as("trailing bytes").isEqualTo(expected);
            assertThat(decoder.jpeg(insert(whole, whole.length, colour)).samples())
                    .as("another picture behind")
                    .isEqualTo(expected);
            byte[] padded = insert(whole, whole.length - 2, new byte[40]);
            assertThat(decoder.jpeg(padded).samples()).as("zero padding").isEqualTo(expected);
            int version = indexOf(whole, 0xe0, 0) + 9;
            assertThat(decoder.jpeg(with(whole, version, 2)).samples())
                    .as("JFIF 2")
                    .isEqualTo(expected);
        }
    }

    @Test
    void bytesBehindTheDataThatAreNoPaddingAreRefused() {
        // some bytes fewer than a decoder's bit buffer holds go unseen, after the last pixel
        byte[] more = new byte[40];
        Arrays.fill(more, (byte) 7);
        for (byte[] whole : new byte[][] {gray, colour, progressive}) {
            assertRefused(insert(whole, whole.length - 2, more), "extraneous bytes");
        }
    }

    @Test
    void everyCutIsRefusedOrLosesNoPixel() throws Exception {
        for (byte[] whole : new byte[][] {gray, colour, progressive}) {
            byte[] expected = imageIo(whole);
            int taken = 0;
            for (int length = 1; length < whole.length; length++) {
                byte[] cut = Arrays.copyOf(whole, length);
                byte[] ended = insert(cut, length, bytes(0xff, EOI));
                for (byte[] file : new byte[][] {cut, ended}) {
                    try {
                        assertThat(decoder.jpeg(file).samples()).isEqualTo(expected);
                        taken++;
                    } catch (PictureException e) {
                        assertThat(e).hasMessageContaining("JPEG");
                    }
                }
            }
            assertThat(taken).as("without its end marker, and with a new one").isBetween(2, 8);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gray.jpg", "rgb.jpg", "rgb_prog.jpg", "exif6.jpg"})
    void theCasesThatAreTakenGiveImageIosPixels(String name) throws Exception {
        byte[] file = resource(name);
        assertThat(decoder.jpeg(file).samples()).isEqualTo(imageIo(file));
    }

    @Test
    void aFileWithoutItsEndMarkerHasAllPixels() throws Exception {
        assertThat(decoder.jpeg(resource("noeoi.jpg")).samples()).isEqualTo(imageIo(resource("rgb.jpg")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cut_with_eoi.jpg", "damaged_scan.jpg", "trunc.jpg"})
    void whatTheDecoderWarnsOfIsRefused(String name) throws IOException {
        byte[] file = resource(name);
        assertThatThrownBy(() -> decoder.jpeg(file))
                .isInstanceOf(PictureException.class)
                .hasMessageStartingWith("JPEG is damaged or cut short: the decoder reports");
    }

    private void assertRefused(byte[] file, String part) {
        assertThatThrownBy(() -> decoder.jpeg(file))
                .isInstanceOf(PictureException.class)
                .hasMessageContaining(part);
    }

    private void assertRefused(byte[] good, byte[] file, String part) throws IOException {
        assertRefused(file, part);
        try {
            assertThat(decoder.jpeg(good).samples()).isEqualTo(imageIo(good));
        } catch (PictureException e) {
            throw new AssertionError("the decoder works on after a refusal", e);
        }
    }

    private static int nextSegment(byte[] file, int scan) {
        int at = indexOf(file, SOS, scan) + 2;
        while (file[at] != -1 || file[at + 1] == 0) {
            at++;
        }
        return at;
    }

    private static int count(byte[] file, int marker) {
        int count = 0;
        for (int i = 0; i < file.length - 1; i++) {
            count += file[i] == -1 && (file[i + 1] & 0xff) == marker ? 1 : 0;
        }
        return count;
    }

    static byte[] resource(String name) throws IOException {
        try (var in = JpegStructureTest.class.getResourceAsStream("/picture/" + name)) {
            return in.readAllBytes();
        }
    }
}
