package org.silhouettes.job.decode;

import java.io.Serializable;
import org.silhouettes.core.settings.Setting;
import org.silhouettes.imaging.PictureLimits;
import org.silhouettes.job.record.ChannelMode;
import org.silhouettes.wire.Headers;

/**
 * Limits and conversion of input records.
 *
 * @param maxNameBytes bytes of a model's name, UTF-8
 * @param maxTextBytes bytes of a label or an id, UTF-8
 * @param maxRecordBytes bytes of a record for the rejected topic
 */
public record DecodeSettings(
        @Setting(
                        key = "image.channels",
                        help =
                                "Handling of colour images: convert to gray, learn all channels in one atom (joint), or split into three"
                                        + " models name.red, name.green and name.blue.")
                ChannelMode channels,
        @Setting(
                        key = "model.max-name-bytes",
                        min = 1,
                        max = 1000,
                        unit = "bytes",
                        help = "Maximum length of a model name in UTF-8; images with a longer key are rejected.")
                int maxNameBytes,
        @Setting(
                        key = "input.max-bytes",
                        min = 1,
                        max = 1 << 30,
                        size = true,
                        help = "Maximum size of an encoded image; larger images are rejected.")
                long maxBytes,
        @Setting(
                        key = "input.max-pixels",
                        min = 1,
                        max = 100_000_000,
                        unit = "pixels",
                        help = "Maximum size that an image may claim; larger images are rejected before decoding.")
                long maxPixels,
        @Setting(
                        key = "input.max-text-bytes",
                        min = 1,
                        max = 10_000,
                        unit = "bytes",
                        help = "Maximum length of a label or id in UTF-8; images with longer ones are rejected.")
                int maxTextBytes,
        @Setting(key = "output.max-record-bytes") int maxRecordBytes)
        implements Serializable {

    public static final DecodeSettings DEFAULTS = new DecodeSettings(
            ChannelMode.GRAY,
            200,
            PictureLimits.DEFAULTS.maxBytes(),
            PictureLimits.DEFAULTS.maxPixels(),
            Headers.MAX_TEXT_BYTES,
            1_000_000);

    /** The limits of the picture decoder. */
    public PictureLimits limits() {
        return new PictureLimits(maxBytes, maxPixels);
    }
}
