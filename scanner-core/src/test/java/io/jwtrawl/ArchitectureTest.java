package io.jwtrawl;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// The packages of core form a line: bytes travel right, imports point left.
class ArchitectureTest {

    private static final JavaClasses CORE =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("io.jwtrawl");

    @Test
    void importsPointLeft() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("source")
                .definedBy("io.jwtrawl.source")
                .layer("rules")
                .definedBy("io.jwtrawl.rules")
                .layer("detect")
                .definedBy("io.jwtrawl.detect")
                .layer("token")
                .definedBy("io.jwtrawl.token")
                .layer("classify")
                .definedBy("io.jwtrawl.classify")
                .layer("finding")
                .definedBy("io.jwtrawl.finding")
                .layer("engine")
                .definedBy("io.jwtrawl.engine")
                .whereLayer("engine")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("finding")
                .mayOnlyBeAccessedByLayers("engine")
                .whereLayer("classify")
                .mayOnlyBeAccessedByLayers("finding", "engine")
                .whereLayer("token")
                .mayOnlyBeAccessedByLayers("classify", "finding", "engine")
                .whereLayer("detect")
                .mayOnlyBeAccessedByLayers("token", "engine")
                .whereLayer("rules")
                .mayOnlyBeAccessedByLayers("detect", "token", "classify", "engine")
                .check(CORE);
    }

    @Test
    void onlyTheEngineStartsThreads() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.jwtrawl.engine")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.concurrent.ExecutorService")
                .orShould()
                .callMethod(Thread.class, "start")
                .check(CORE);
    }

    @Test
    void theCoreAsksNoClockAndNoEnvironment() {
        noClasses()
                .should()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(CORE);
    }

    @Test
    void noBacktrackingEngineRunsOnScannedBytes() {
        classes()
                .that()
                .resideInAnyPackage("io.jwtrawl.detect", "io.jwtrawl.source")
                .should()
                .onlyDependOnClassesThat()
                .resideOutsideOfPackage("java.util.regex")
                .check(CORE);
    }
}
