package org.silhouettes.cli.dashboards;

import java.util.List;
import org.silhouettes.producers.dataset.LabelledImage;
import org.silhouettes.producers.dataset.SourceView;
import org.silhouettes.testkit.ShapeImages;

/** Images whose labels, for models whose names would script a page or leave a folder, were they not taken as text. */
record HostileImages(ShapeImages source) implements SourceView {

    /** Names of models, all of them valid keys. */
    static final List<String> MODELS = List.of(
            "<img src=x onerror=alert(1)>",
            "\"><script>alert(1)</script>",
            "a b/c'd\"e&f=g#h",
            "\u202eevil \u0645\u062b\u0627\u0644 \u732b",
            "..",
            "%2e%2e/%00");

    @Override
    public String name() {
        return "hostile";
    }

    @Override
    public List<String> classes() {
        return MODELS.subList(0, source.classes().size());
    }

    @Override
    public LabelledImage image(long index) {
        LabelledImage image = source.image(index);
        return new LabelledImage(image.samples(), image.shape(), classes().get(classOf(index)), image.id());
    }
}
