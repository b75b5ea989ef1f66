package org.silhouettes.core.initialisation;

import java.util.List;
import org.silhouettes.core.dictionary.ImageShape;

/**
 * The buffered first images of a stream.
 *
 * @param image shape of one image
 * @param centred images minus their mean image, [count, image.values()], row-major
 * @param count number of images, ≥ 1
 * @param labels the images' labels, null where there is none; only {@link Initialisation#LABELS} reads them
 */
@SuppressWarnings("ArrayRecordComponent")
public record WarmUp(ImageShape image, float[] centred, int count, List<String> labels) {}
