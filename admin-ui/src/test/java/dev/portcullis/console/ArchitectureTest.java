package dev.portcullis.console;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.RolesAllowed;
import org.springframework.stereotype.Service;

@AnalyzeClasses(packages = "dev.portcullis.console", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule sqlStaysInQueryAndStore = noClasses()
            .that()
            .resideOutsideOfPackages("..query", "..store")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.jooq..", "java.sql..", "dev.portcullis.database..")
            .because("a reader looks for SQL in two kinds of places");

    @ArchTest
    static final ArchRule screensAskServices = noClasses()
            .that()
            .resideInAPackage("..ui")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..query", "..store")
            .because("roles are checked by services");

    @ArchTest
    static final ArchRule screensArePrivate = classes()
            .that()
            .areAnnotatedWith(Route.class)
            .should()
            .bePackagePrivate()
            .because("nobody calls a screen");

    @ArchTest
    static final ArchRule servicesCarryRoles = methods()
            .that()
            .areDeclaredInClassesThat()
            .areAnnotatedWith(Service.class)
            .and()
            .areDeclaredInClassesThat()
            .haveSimpleNameEndingWith("Service")
            .and()
            .arePublic()
            .should()
            .beAnnotatedWith(RolesAllowed.class)
            .orShould(haveRolesOnTheirClass())
            .because("a screen or resource that forgets to ask must not open a door");

    @ArchTest
    static final ArchRule helpersHaveNames = noClasses()
            .should()
            .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)")
            .because("such a name says nothing");

    private static com.tngtech.archunit.lang.ArchCondition<JavaMethod> haveRolesOnTheirClass() {
        return com.tngtech.archunit.lang.ArchCondition.from(DescribedPredicate.describe(
                "have roles on their class", method -> method.getOwner().isAnnotatedWith(RolesAllowed.class)));
    }
}
