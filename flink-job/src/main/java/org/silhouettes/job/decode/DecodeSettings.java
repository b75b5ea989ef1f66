package org.silhouettes.job.decode;

import java.io.Serializable;
import org.silhouettes.imaging.PictureLimits;
import org.silhouettes.job.record.ChannelMode;

/**
 * How records become images.
 *
 * @param maxNameBytes bytes of a model's name, UTF-8
 * @param maxTextBytes bytes of a label or an id, UTF-8
 * @param maxRecordBytes bytes of a record for the rejected topic
 */
public record DecodeSettings(
        ChannelMode channels, PictureLimits limits, int maxNameBytes, int maxTextBytes, int maxRecordBytes)
        implements Serializable {}
