package org.silhouettes.core.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Spelling of an enum constant in earlier releases: still accepted, with a warning, and used in the settings hash. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Formerly {
    String value();
}
