package io.github.proxmoxdiscovery.sim;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

class IndependenceTest {

    @Test
    void theSimulationSharesNoCodeWithTheRestOfTheProject() {
        String own = SimulatedCluster.class.getPackageName();
        noClasses()
                .that()
                .resideInAPackage(own)
                .should()
                .dependOnClassesThat(
                        resideInAPackage("io.github.proxmoxdiscovery..").and(not(resideInAPackage(own))))
                .check(new ClassFileImporter().importPackages(own));
    }
}
