package org.silhouettes.job.options;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.silhouettes.core.settings.DeclaredSetting;
import org.silhouettes.job.learn.HashedSettings;
import org.silhouettes.wire.Sha256;

/**
 * Hash of the options that affect learning.
 *
 * <p>It is stored in savepoints and output records, so it must not change for settings that mean the same: it uses the keys
 * and spellings of the first release, and options that joined it later count only where they differ from the default.
 */
final class SettingsHash {

    /** Stable keys of the options that count even at their defaults. Never add to it. */
    static final Set<String> ALWAYS = Set.of(
            "model.groups",
            "model.group-size",
            "model.batch",
            "model.seed",
            "model.max-name-bytes",
            "model.max-labels",
            "model.on-mismatch",
            "image.channels",
            "encoder.lambda",
            "encoder.step",
            "encoder.step-rule",
            "encoder.layers",
            "encoder.unrolling",
            "encoder.shrinkage",
            "linalg.backend",
            "learner.update",
            "learner.learning-rate",
            "learner.beta1",
            "learner.beta2",
            "learner.epsilon",
            "learner.rho",
            "learner.forgetting",
            "learner.usage-forgetting",
            "init.method",
            "init.features",
            "init.warm-up",
            "organisation.guidance",
            "organisation.temperature",
            "organisation.lambda-growth",
            "organisation.revive-after",
            "organisation.strangers",
            "organisation.gather",
            "organisation.most-groups",
            "drift.detector",
            "drift.action",
            "drift.threshold",
            "drift.tolerance",
            "drift.delta",
            "drift.least-rise",
            "drift.updates",
            "drift.boost",
            "drift.forgetting",
            "drift.revive-after");

    private SettingsHash() {}

    /** @param values value of every option, by key */
    static HashedSettings of(Map<String, Object> values) {
        TreeMap<String, String> texts = new TreeMap<>();
        TreeMap<String, String> stable = new TreeMap<>();
        for (JobOption option : JobOptions.all()) {
            DeclaredSetting declared = option.declared();
            Object value = values.get(option.key());
            if (counts(option, values)) {
                texts.put(option.key(), declared.text(value));
                stable.put(declared.stableKey(), declared.stableText(value));
            }
        }
        return new HashedSettings(texts, hash(stable));
    }

    private static boolean counts(JobOption option, Map<String, Object> values) {
        if (!option.declared().declaration().affectsLearning()) {
            return false;
        }
        if (ALWAYS.contains(option.declared().stableKey())) {
            return true;
        }
        // the memory bounds the number of groups only where that is left open
        boolean bounds = !option.key().equals("models.cache-bytes")
                || values.get("model.groups").equals(0);
        return bounds && !values.get(option.key()).equals(option.defaultValue());
    }

    /** First 16 hexadecimal digits of the SHA-256 of the lines {@code key=value}, in the order of the keys, UTF-8. */
    private static String hash(TreeMap<String, String> settings) {
        StringBuilder lines = new StringBuilder();
        settings.forEach(
                (key, value) -> lines.append(key).append('=').append(value).append('\n'));
        return Sha256.hex(lines.toString(), 8);
    }
}
