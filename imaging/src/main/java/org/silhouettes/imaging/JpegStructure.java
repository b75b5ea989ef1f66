package org.silhouettes.imaging;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A JPEG's markers, read before a decoder sees the bytes (ITU-T T.81, annex B). Every decoder must find the same segments, so
 * whatever decoders read differently is refused: bytes between segments, markers without a length outside of the coded data, a
 * second frame. Frame, scans and coded data are bounded, so that the work of decoding is linear in bytes and pixels.
 *
 * @param scans number of scans, at most {@value #MAX_SCANS}
 * @param stream what the decoder gets: the first picture of the file from its start to its end-of-image marker, which is
 *     added where it is missing
 */
@SuppressWarnings("ArrayRecordComponent")
record JpegStructure(JpegFrame frame, int scans, byte[] stream) {

    /** Encoders write up to 12 or so. */
    static final int MAX_SCANS = 64;

    /** Bytes of an embedded colour profile, which the decoder interprets: RGB profiles have some kilobytes. */
    static final int MAX_PROFILE_BYTES = 1 << 20;

    /** Samples that a decoder may allocate for a picture besides three for each pixel of the limit: padding of thin ones. */
    private static final long PADDING_SAMPLES = 1 << 23;

    /** Reads the markers of a file. */
    static JpegStructure read(byte[] file, PictureLimits limits) throws PictureException {
        return new Parser(file, limits).parse();
    }

    private static final class Parser {
        private final byte[] file;
        private final PictureLimits limits;
        private JpegFrame frame;
        private JpegProgression progression;
        private int scans;
        private int profileBytes;
        private int oddVersion;
        private int at = 2;

        Parser(byte[] file, PictureLimits limits) {
            this.file = file;
            this.limits = limits;
        }

        JpegStructure parse() throws PictureException {
            if (file.length < 2 || u8(0) != 0xff || u8(1) != JpegMarkers.SOI) {
                throw new PictureException("not a JPEG: it does not start with the bytes ff d8");
            }
            while (true) {
                if (scans > 0 && at == file.length) {
                    return structure(false);
                }
                int marker = marker();
                if (marker == JpegMarkers.EOI) {
                    if (scans == 0) {
                        throw new PictureException("JPEG has no picture data: it ends before the first scan");
                    }
                    at += 2;
                    return structure(true);
                }
                segment(marker);
            }
        }

        /** Moves to the next marker, over fill bytes alone, and returns it. */
        private int marker() throws PictureException {
            if (at < file.length && u8(at) != 0xff) {
                throw new PictureException("JPEG is damaged: no marker at byte " + at);
            }
            while (at + 1 < file.length && u8(at + 1) == 0xff) {
                at++;
            }
            if (at + 1 >= file.length) {
                throw new PictureException("JPEG is cut short: no end of the picture in its " + file.length + " bytes");
            }
            return u8(at + 1);
        }

        private void segment(int marker) throws PictureException {
            if (marker != JpegMarkers.SOS
                    && !JpegMarkers.isTableOrMiscellaneous(marker)
                    && !JpegMarkers.isFrame(marker)) {
                throw new PictureException("JPEG is damaged: the marker " + JpegMarkers.hex(marker) + " at byte " + at
                        + " does not belong there");
            }
            int length = file.length - at < 4 ? 0 : u16(at + 2);
            if (length < 2 || length > file.length - at - 2) {
                throw new PictureException("JPEG is cut short: the segment at byte " + at + " claims " + length
                        + " bytes, " + (file.length - at - 2) + " are left");
            }
            int end = at + 2 + length;
            if (marker == JpegMarkers.SOS) {
                scan(length);
                return;
            }
            if (JpegMarkers.isFrame(marker)) {
                frame(length);
            } else if (marker == JpegMarkers.APP2) {
                profileBytes += length;
                if (profileBytes > MAX_PROFILE_BYTES) {
                    throw new PictureException("JPEG has more than " + MAX_PROFILE_BYTES
                            + " bytes of colour profile (APP2): save it without");
                }
            } else if (marker == JpegMarkers.APP0 && length >= 9 && isJfif() && u8(at + 9) != 1) {
                oddVersion = at + 9;
            }
            at = end;
        }

        private boolean isJfif() {
            return u8(at + 4) == 'J' && u8(at + 5) == 'F' && u8(at + 6) == 'I' && u8(at + 7) == 'F';
        }

        private void frame(int length) throws PictureException {
            if (frame != null) {
                throw new PictureException("JPEG is damaged: a second frame header at byte " + at);
            }
            frame = JpegFrame.read(file, at, length);
            limits.checkPixels(frame.width(), frame.height());
            if ((frame.paddedSamples() - PADDING_SAMPLES) / 3 > limits.maxPixels()) {
                throw new PictureException("JPEG claims " + frame.width() + "x" + frame.height()
                        + " pixels and sampling factors that need " + frame.paddedSamples()
                        + " samples: save it with other sampling factors");
            }
            progression = new JpegProgression(frame);
        }

        private void scan(int length) throws PictureException {
            if (frame == null) {
                throw new PictureException("JPEG is damaged: no frame header before its picture data");
            }
            if (++scans > MAX_SCANS) {
                throw new PictureException("JPEG has more than " + MAX_SCANS + " scans: save it again with fewer");
            }
            List<Integer> components = components(length);
            int parameters = at + 5 + 2 * components.size();
            int first = u8(parameters);
            int high = u8(parameters + 2) >> 4;
            progression.add(components, first, u8(parameters + 1), high, u8(parameters + 2) & 15);
            int start = at + 2 + length;
            at = endOfCodedData(start);
            // a block has at least a bit in every scan of the DC coefficient, and one more where AC come with it
            long bits = first > 0 ? 0 : frame.blocksOf(components) * (frame.progressive() ? 1 : 2);
            if (8L * (at - start) < bits) {
                throw new PictureException("JPEG is cut short: it claims " + frame.width() + "x" + frame.height()
                        + " pixels and has " + (at - start) + " bytes of data in scan " + scans);
            }
        }

        private List<Integer> components(int length) throws PictureException {
            int count = length < 3 ? 0 : u8(at + 4);
            if (count < 1 || count > frame.components().size() || length != 6 + 2 * count) {
                throw new PictureException("JPEG is damaged: the scan header at byte " + at + " has " + length
                        + " bytes and " + count + " components");
            }
            List<Integer> components = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                int component = frame.indexOf(u8(at + 5 + 2 * i));
                if (component < 0 || components.contains(component)) {
                    throw new PictureException(
                            "JPEG is damaged: the scan header at byte " + at + " names unknown or repeated components");
                }
                components.add(component);
            }
            return components;
        }

        /** Index of the marker behind the coded data (or of the file's end): stuffed bytes and restarts belong to the data. */
        private int endOfCodedData(int from) {
            int i = from;
            while (i < file.length) {
                if (file[i] != -1) {
                    i++;
                    continue;
                }
                int next = i + 1;
                while (next < file.length && file[next] == -1) {
                    next++;
                }
                if (next == file.length || u8(next) != 0 && !JpegMarkers.isRestart(u8(next))) {
                    return next == file.length ? file.length : i;
                }
                i = next + 1;
            }
            return file.length;
        }

        private JpegStructure structure(boolean ended) throws PictureException {
            progression.requireComplete();
            int length = at;
            while (!ended && file[length - 1] == -1) {
                length--;
            }
            boolean whole = ended && length == file.length && oddVersion == 0;
            byte[] stream = whole ? file : Arrays.copyOf(file, ended ? length : length + 2);
            if (!ended) {
                stream[length] = (byte) 0xff;
                stream[length + 1] = (byte) JpegMarkers.EOI;
            }
            if (oddVersion > 0) {
                // the decoder warns of an unknown JFIF version, and then of nothing else; the version changes no pixel
                stream[oddVersion] = 1;
            }
            return new JpegStructure(frame, scans, stream);
        }

        private int u8(int index) {
            return file[index] & 0xff;
        }

        private int u16(int index) {
            return u8(index) << 8 | u8(index + 1);
        }
    }
}
