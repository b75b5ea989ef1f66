package org.silhouettes.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The direction of dependencies between the modules, all of which are on the command line's class path. */
class ModulesTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.silhouettes");

    /** Package of a module, and the packages of those that it may use. */
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            Map.entry("linalg", Set.of()),
            Map.entry("imaging", Set.of()),
            Map.entry("wire", Set.of("imaging")),
            Map.entry("core", Set.of("linalg", "imaging")),
            Map.entry("job", Set.of("core", "wire", "linalg", "imaging")),
            Map.entry("producers", Set.of("linalg", "imaging", "wire")),
            Map.entry("dashboards", Set.of("core", "wire", "linalg", "imaging")),
            Map.entry("embedded", Set.of("job", "core", "wire", "linalg", "imaging")),
            Map.entry("experiments", Set.of("embedded", "producers", "job", "core", "wire", "linalg", "imaging")));

    static Set<String> modules() {
        return MAY_USE.keySet();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void moduleUsesOnlyThoseBelowIt(String module) {
        List<String> others = MAY_USE.keySet().stream()
                .filter(other -> !other.equals(module) && !MAY_USE.get(module).contains(other))
                .map(other -> "org.silhouettes." + other + "..")
                .toList();
        noClasses()
                .that()
                .resideInAPackage("org.silhouettes." + module + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others.toArray(String[]::new))
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("org.silhouettes.cli..")
                .check(CLASSES);
    }

    @ParameterizedTest
    @MethodSource("modules")
    void onlyTheBackEndUsesNd4j(String module) {
        noClasses()
                .that()
                .resideInAPackage("org.silhouettes." + module + "..")
                .and()
                .resideOutsideOfPackage("org.silhouettes.linalg.nd4j..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.nd4j..", "org.bytedeco..", "org.silhouettes.linalg.nd4j..")
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycle() {
        slices().matching("org.silhouettes.(**)").should().beFreeOfCycles().check(CLASSES);
    }
}
