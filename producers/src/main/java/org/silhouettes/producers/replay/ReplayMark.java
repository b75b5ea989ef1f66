package org.silhouettes.producers.replay;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.silhouettes.producers.dataset.ImageSource;
import org.silhouettes.producers.dataset.LabelledImage;
import org.silhouettes.wire.Sha256;

/**
 * Header {@code replay} of a record: which replay sent it, and at which position, {@code fingerprint/position}. Replays have
 * the same fingerprint where the same stands at every position.
 */
record ReplayMark(String fingerprint, long position) {

    private static final int FINGERPRINT_BYTES = 6;

    /**
     * The fingerprint of a replay, 12 hexadecimal digits. Not in it is what changes no position: how far it goes and from
     * where, its pace and its flush.
     *
     * @throws IOException where the source's first image, by which it is known, cannot be read
     */
    static String fingerprint(ImageSource source, ReplayOptions options) throws IOException {
        LabelledImage first = source.size() == 0 ? null : source.image(0);
        List<String> plan = options.plan().stream()
                .flatMap(of -> of.phases().stream())
                .map(phase -> phase.classes() + " " + phase.images() + " " + phase.gradual() + " "
                        + phase.transforms().stream().map(Transform::text).toList())
                .toList();
        String decisive = String.join(
                "\n",
                source.name(),
                Long.toString(source.size()),
                source.shape().toString(),
                source.classes().toString(),
                first == null ? "" : first.id() + " " + HexFormat.of().formatHex(first.samples()),
                options.spread().toString(),
                options.spread() == Spread.DEAL ? options.models().toString() : "",
                options.order().toString(),
                Long.toString(options.seed()),
                options.classes().toString(),
                plan.toString(),
                // ids have a position where images come more than once
                Boolean.toString(options.passes() == 1),
                options.encoding().toString(),
                options.labels().toString(),
                Boolean.toString(options.learn()));
        return Sha256.hex(decisive, FINGERPRINT_BYTES);
    }

    String text() {
        return fingerprint + "/" + position;
    }

    /** Reads a header's text; none where it is no such mark. */
    static Optional<ReplayMark> parse(String text) {
        return text.matches("[0-9a-f]{" + 2 * FINGERPRINT_BYTES + "}/[0-9]{1,18}")
                ? Optional.of(new ReplayMark(
                        text.substring(0, 2 * FINGERPRINT_BYTES),
                        Long.parseLong(text.substring(2 * FINGERPRINT_BYTES + 1))))
                : Optional.empty();
    }
}
