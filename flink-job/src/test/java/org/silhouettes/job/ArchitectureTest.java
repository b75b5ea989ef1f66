package org.silhouettes.job;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.silhouettes.job");

    @Test
    void learningAndDecodingKnowNoKafka() {
        ArchRule rule = noClasses()
                .that()
                .resideInAnyPackage("..job.learn..", "..job.decode..", "..job.record..", "..job.metrics..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "..connector.kafka..", "..job.kafka..");
        rule.check(CLASSES);
    }

    @Test
    void whatDecodesIsUnawareOfFlink() {
        ArchRule rule = noClasses()
                .that()
                .haveSimpleName("RecordDecoder")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.flink..");
        rule.check(CLASSES);
    }

    @Test
    void nothingHoldsAnArrayTypeOfTheNativeLibraries() {
        ArchRule rule = noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.nd4j..", "org.bytedeco..", "com.esotericsoftware..");
        rule.check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        ArchRule rule = slices().matching("org.silhouettes.job.(*)..").should().beFreeOfCycles();
        rule.check(CLASSES);
    }
}
