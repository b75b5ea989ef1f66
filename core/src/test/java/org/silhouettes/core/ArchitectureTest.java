package org.silhouettes.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How core is built: a library that knows no streaming system, in layers. */
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.silhouettes.core");

    @Test
    void coreKnowsNeitherFlinkNorKafkaNorJackson() {
        ArchRule rule = noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.flink..", "org.apache.kafka..", "com.fasterxml.jackson..");
        rule.check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        ArchRule rule = slices().matching("org.silhouettes.core.(*)..").should().beFreeOfCycles();
        rule.check(CLASSES);
    }

    @Test
    void dictionaryKnowsNoLayerAbove() {
        ArchRule rule = noClasses()
                .that()
                .resideInAPackage("..core.dictionary..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..core.encoder..", "..core.learner..", "..core.initialisation..");
        rule.check(CLASSES);
    }

    /** From the lowest layer to the highest; each may use those before it alone. */
    @ParameterizedTest
    @CsvSource({
        "state, encoder initialisation organisation update learner drift statistics",
        "encoder, initialisation organisation update learner drift statistics",
        "initialisation, encoder organisation update learner drift statistics",
        "organisation, update learner drift statistics",
        "update, initialisation learner drift statistics",
        "learner, drift statistics",
        "statistics, organisation update learner drift"
    })
    void packagesUseLowerLayersAlone(String layer, String above) {
        String[] forbidden = Stream.of(above.split(" ", -1))
                .map(name -> "..core." + name + "..")
                .toArray(String[]::new);
        ArchRule rule = noClasses()
                .that()
                .resideInAPackage("..core." + layer + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbidden);
        rule.check(CLASSES);
    }

    @Test
    void onlyMappersKnowThePersistedForm() {
        ArchRule rule = noClasses()
                .that()
                .resideOutsideOfPackage("..core.state..")
                .and()
                .haveSimpleNameNotEndingWith("Mapper")
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.io\\.Data(In|Out)put(Stream)?");
        rule.check(CLASSES);
    }

    @Test
    void distancesWhoseBitsDependOnTheCpuServeTheEvaluationAlone() {
        ArchRule rule = noClasses()
                .that()
                .resideOutsideOfPackage("..core.evaluation..")
                .should()
                .dependOnClassesThat()
                .haveSimpleName("PairwiseDistances");
        rule.check(CLASSES);
    }
}
