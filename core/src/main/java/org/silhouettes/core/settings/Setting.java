package org.silhouettes.core.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares a component of a settings record as an option.
 *
 * <p>Type and name come from the component, the default from the record's default instance. Parsing, validation, help,
 * docs/options.md, conf/silhouettes.yaml and the settings hash follow from the declaration. Bounds of a {@code Duration}
 * are in seconds.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {

    /** Key of the option, such as {@code encoder.lambda}. */
    String key();

    /** What the option does, in one sentence. Empty refers to the declaration of the same key in another record. */
    String help() default "";

    /** Key in earlier releases: still accepted, with a warning, and the name in the settings hash. */
    String formerly() default "";

    /** Smallest value. */
    double min() default Double.NEGATIVE_INFINITY;

    /** Largest value. */
    double max() default Double.POSITIVE_INFINITY;

    /** Exclusive lower bound. */
    double above() default Double.NEGATIVE_INFINITY;

    /** Exclusive upper bound. */
    double below() default Double.POSITIVE_INFINITY;

    /** Regular expression of the allowed texts. */
    String pattern() default "";

    /** Description of {@link #pattern()}. */
    String allowed() default "";

    /** Word for the value zero, which is then allowed whatever the bounds are. */
    String zero() default "";

    /** Unit of a number, for the documentation. */
    String unit() default "";

    /** Whether a number of bytes is written as a size, such as {@code 256 mb}. */
    boolean size() default false;

    /** Whether the value can change a model: its dictionary or its statistics. */
    boolean affectsLearning() default true;
}
