package io.jwtrawl.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// No arrow runs sideways: crawlers and sinks know the core, and not each other.
class ModulesTest {

    private static final JavaClasses ALL =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("io.jwtrawl");

    @Test
    void crawlersAndReportsDoNotKnowEachOther() {
        String[] edges = {
            "io.jwtrawl.documents",
            "io.jwtrawl.files",
            "io.jwtrawl.git",
            "io.jwtrawl.reports",
            "io.jwtrawl.verify"
        };
        for (String edge : edges) {
            for (String other : edges) {
                if (!edge.equals(other)) {
                    noClasses()
                            .that()
                            .resideInAPackage(edge)
                            .should()
                            .dependOnClassesThat()
                            .resideInAPackage(other)
                            .check(ALL);
                }
            }
            noClasses()
                    .that()
                    .resideInAPackage(edge)
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.jwtrawl.cli")
                    .check(ALL);
        }
    }

    @Test
    void onlyTheGitModuleKnowsJgit() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.jwtrawl.git..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.eclipse.jgit..")
                .check(ALL);
    }

    @Test
    void onlyTheProcessesThatReadDocumentsKnowTika() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.jwtrawl.documents.reader")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.tika..",
                        "org.apache.poi..",
                        "org.apache.pdfbox..",
                        "org.apache.james..",
                        "com.pff..")
                .check(ALL);
    }

    @Test
    void onlyTheVerifyModuleKnowsNimbusAndNetworks() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.jwtrawl.verify")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "com.nimbusds..", "org.bouncycastle..", "java.net.http..", "javax.net..")
                .check(ALL);
    }
}
