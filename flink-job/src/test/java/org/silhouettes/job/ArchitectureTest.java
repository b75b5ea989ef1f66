package org.silhouettes.job;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "org.silhouettes.job", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule learningAndDecodingKnowNoKafka = noClasses()
            .that()
            .resideInAnyPackage("..job.learn..", "..job.decode..", "..job.record..", "..job.metrics..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "..connector.kafka..", "..job.kafka..");

    @ArchTest
    static final ArchRule whatDecodesIsUnawareOfFlink = noClasses()
            .that()
            .haveSimpleName("RecordDecoder")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.flink..");

    @ArchTest
    static final ArchRule nothingHoldsAnArrayTypeOfTheNativeLibraries = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.nd4j..", "org.bytedeco..", "com.esotericsoftware..");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("org.silhouettes.job.(*)..").should().beFreeOfCycles();
}
