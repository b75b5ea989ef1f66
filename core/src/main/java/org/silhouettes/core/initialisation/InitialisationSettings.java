package org.silhouettes.core.initialisation;

import java.io.Serializable;
import org.silhouettes.core.settings.Setting;
import org.silhouettes.core.settings.SettingRecords;

/**
 * Settings of the initialisation, which makes a model's first dictionary.
 *
 * @param method of the initialisation
 * @param warmUpImages number of images buffered before it, ≥ 1; the model learns from them right afterwards
 * @param features image features for {@link Initialisation#COMMUNITY}
 */
public record InitialisationSettings(
        @Setting(
                        key = "init.method",
                        help = "Source of the first dictionary; only labels uses labels, and falls back to kmeans if"
                                + " no image has one.")
                Initialisation method,
        @Setting(
                        key = "init.warm-up",
                        min = 1,
                        max = 1_000_000,
                        unit = "images",
                        help = "Number of images buffered before the first dictionary is computed; they are learned"
                                + " right afterwards.")
                int warmUpImages,
        @Setting(
                        key = "init.features",
                        help = "Image features compared by init.method=community: edge gradients or pixels.")
                Features features)
        implements Serializable {

    /** Spherical k-means on 2,000 images. */
    public static final InitialisationSettings KMEANS = new InitialisationSettings(Initialisation.KMEANS, 2000);

    /** Communities of 4,000 images; measured to be as good as those of 8,000. */
    public static final InitialisationSettings COMMUNITY = new InitialisationSettings(Initialisation.COMMUNITY, 4000);

    public InitialisationSettings {
        SettingRecords.check(InitialisationSettings.class, method, warmUpImages, features);
    }

    /** With gradients as features. */
    public InitialisationSettings(Initialisation method, int warmUpImages) {
        this(method, warmUpImages, Features.GRADIENTS);
    }
}
