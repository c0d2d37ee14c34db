package dev.portcullis.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.portcullis.policy.Permit;
import dev.portcullis.policy.PolicyGate;
import dev.portcullis.proxy.upstream.Forwarder;

/// The rules that keep the shape of the house visible.
@AnalyzeClasses(packages = "dev.portcullis", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String PROXY = "dev.portcullis.proxy";

    @ArchTest
    static final ArchRule packagesHaveNoCycles = slices().matching("dev.portcullis.(**)")
            .should()
            .beFreeOfCycles()
            // Generated tables refer to each other; a console feature is one unit of service, query, store and screens.
            .ignoreDependency(resideInAPackage("dev.portcullis.database.."), alwaysTrue())
            .ignoreDependency(resideInAPackage("dev.portcullis.console.."), alwaysTrue())
            .because("a reader must be able to understand one package before the next");

    @ArchTest
    static final ArchRule jsonRpcKnowsNothingOfUs = standsAlone("jsonrpc");

    @ArchTest
    static final ArchRule sseKnowsNothingOfUs = standsAlone("sse");

    @ArchTest
    static final ArchRule httpKnowsNothingOfUs = standsAlone("http");

    @ArchTest
    static final ArchRule telemetryKnowsNothingOfUs = standsAlone("telemetry");

    @ArchTest
    static final ArchRule mcpKnowsJsonRpcOnly = noClasses()
            .that()
            .resideInAPackage(PROXY + ".mcp..")
            .should()
            .dependOnClassesThat(oursExcept("mcp", "jsonrpc", "http"))
            .because("what a message means does not depend on who carries it");

    @ArchTest
    static final ArchRule nettyStaysAtTheEdges = noClasses()
            .that()
            .resideOutsideOfPackages(
                    PROXY + ".server..",
                    PROXY + ".upstream..",
                    PROXY + ".tls..",
                    PROXY + ".management..",
                    // Its files are written from Netty's buffers.
                    PROXY + ".audit.journal..",
                    PROXY)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.netty..")
            .because("the path of a request can be read, and tested, without a network");

    @ArchTest
    static final ArchRule databaseOnlyWhereItBelongs = noClasses()
            .that()
            .resideInAPackage(PROXY + "..")
            .and()
            .resideOutsideOfPackages(PROXY + ".audit..", PROXY + ".sync..", PROXY + ".catalog..", PROXY + ".limit..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.jooq..", "java.sql..", "javax.sql..")
            .because("a query waits, and an event loop must not");

    @ArchTest
    static final ArchRule consoleQueriesStayInQueryAndStore = noClasses()
            .that()
            .resideInAPackage("dev.portcullis.console..ui..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..query..", "org.jooq..", "java.sql..")
            .because("a view arranges and listens; a service decides; a query reads");

    @ArchTest
    static final ArchRule proxyAndConsoleDoNotSeeEachOther = noClasses()
            .that()
            .resideInAPackage(PROXY + "..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.portcullis.console..")
            .because("what they share at run time is the database");

    @ArchTest
    static final ArchRule consoleDoesNotSeeTheProxy = noClasses()
            .that()
            .resideInAPackage("dev.portcullis.console..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(PROXY + "..")
            .because("what they share at run time is the database");

    @ArchTest
    static final ArchRule nothingIsSentWithoutAPermit = methods()
            .that()
            .areDeclaredIn(Forwarder.class)
            .and()
            .arePublic()
            .should(takeAPermit())
            .because("the policy's permit is the only key to an upstream");

    @ArchTest
    static final ArchRule onlyTheGateMakesPermits = classes()
            .that()
            .doNotHaveFullyQualifiedName(PolicyGate.class.getName())
            .should(notConstructPermits())
            .because("a permit proves that the policy was asked");

    @ArchTest
    static final ArchRule eventLoopsDoNotWait = noClasses()
            .that()
            .resideInAnyPackage(PROXY + ".exchange..", PROXY + ".upstream..", PROXY + ".mcp..", PROXY + ".jsonrpc..")
            .should()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(java.util.concurrent.Future.class, "get")
            .orShould()
            .callMethod(java.util.concurrent.CompletableFuture.class, "join")
            .orShould()
            .callMethod(java.util.concurrent.CompletableFuture.class, "get")
            .because("one thread carries many connections");

    @ArchTest
    static final ArchRule namesAreNouns = noClasses()
            .should()
            .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)")
            .because("such a name hides what the class is");

    private static ArchRule standsAlone(String name) {
        return noClasses()
                .that()
                .resideInAPackage(PROXY + "." + name + "..")
                .should()
                .dependOnClassesThat(oursExcept(name))
                .because("it is about one protocol or format, and nothing of ours");
    }

    private static DescribedPredicate<JavaClass> oursExcept(String... packages) {
        return DescribedPredicate.describe(
                "are ours, outside " + String.join(", ", packages),
                type -> type.getPackageName().startsWith("dev.portcullis")
                        && java.util.Arrays.stream(packages)
                                .noneMatch(name -> type.getPackageName().startsWith(PROXY + "." + name)));
    }

    private static ArchCondition<JavaMethod> takeAPermit() {
        return new ArchCondition<>("take a permit") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                var takes = method.getRawParameterTypes().stream().anyMatch(type -> type.isEquivalentTo(Permit.class));
                events.add(new SimpleConditionEvent(method, takes, method.getFullName()));
            }
        };
    }

    private static ArchCondition<JavaClass> notConstructPermits() {
        return new ArchCondition<>("not construct permits") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getConstructorCallsFromSelf().stream()
                        .filter(call -> call.getTargetOwner().isEquivalentTo(Permit.class))
                        .forEach(call -> events.add(SimpleConditionEvent.violated(call, call.getDescription())));
            }
        };
    }
}
