package org.silhouettes.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** How core is built: a library that knows no streaming system, in layers. */
@AnalyzeClasses(packages = "org.silhouettes.core", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule CORE_KNOWS_NEITHER_FLINK_NOR_KAFKA_NOR_JACKSON = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.flink..", "org.apache.kafka..", "com.fasterxml.jackson..");

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching("org.silhouettes.core.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule DICTIONARY_KNOWS_NO_LAYER_ABOVE = noClasses()
            .that()
            .resideInAPackage("..core.dictionary..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..core.encoder..", "..core.learner..", "..core.initialisation..");

    @ArchTest
    static final ArchRule ENCODER_KNOWS_NO_LEARNER = noClasses()
            .that()
            .resideInAPackage("..core.encoder..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..core.learner..", "..core.initialisation..");

    @ArchTest
    static final ArchRule ND4J_STAYS_IN_LINALG = noClasses()
            .that()
            .resideOutsideOfPackage("..core.linalg..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.nd4j..", "org.bytedeco..");
}
