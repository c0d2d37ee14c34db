package dev.portcullis.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import org.junit.jupiter.api.Test;
import org.springframework.stereotype.Service;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// What an admin can do on a screen, a program can do by REST: every method of a service that a screen calls is
/// called by a resource, too.
class ScreensAndApiTest {
    private static final JavaClasses CONSOLE =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("dev.portcullis.console");

    /// What a program has no use for, or has by another name.
    private static final Set<String> SCREENS_ONLY = Set.of(
            // /api-keys?state=expiring
            "ApiKeyService.expiring",
            // the names of routes for a choice; GET /routes
            "ApiKeyService.knownRoutes",
            "CallerService.routes",
            "ConnectService.routes",
            // public-key.pem of the archive
            "EvidenceService.key",
            // people change their own password; an admin resets it at /people
            "PasswordService.change",
            // a write is answered with 409 where a repository owns the policy
            "PolicyService.owner",
            // what the one who is signed in may do; a program is told when it tries
            "ProposalService.isOwn",
            "ProposalService.mayApprove",
            // GET /settings/approval
            "PublicationService.needsApproval",
            // GET /tool-calls reads and records in one; a list shows first, and is asked again for what is in view
            "ToolCallService.browse",
            "ToolCallService.summaries",
            // GET /tools and GET /tools/{route}/{name}
            "ToolService.seen",
            "ToolService.summaries");

    @Test
    void apiDoesWhatScreensDo() {
        // Given
        var ofScreens = called(origin -> origin.getPackageName().endsWith(".ui"));
        var ofResources = called(origin -> origin.getPackageName().endsWith(".api"));

        // When
        var missing = new TreeSet<>(ofScreens);
        missing.removeAll(ofResources);
        missing.removeAll(SCREENS_ONLY);

        // Then
        assertThat(ofScreens).isNotEmpty();
        assertThat(missing).isEmpty();
        assertThat(ofScreens).as("what is listed as an exception is one").containsAll(SCREENS_ONLY);
        assertThat(ofResources).doesNotContainAnyElementsOf(SCREENS_ONLY);
    }

    private static Set<String> called(Predicate<JavaClass> by) {
        return CONSOLE.stream()
                .filter(by)
                .flatMap(origin -> origin.getMethodCallsFromSelf().stream())
                .filter(call -> isService(call.getTargetOwner()))
                .map(ScreensAndApiTest::name)
                .collect(Collectors.toSet());
    }

    private static boolean isService(JavaClass owner) {
        return owner.isAnnotatedWith(Service.class) && owner.getSimpleName().endsWith("Service");
    }

    private static String name(JavaMethodCall call) {
        return call.getTargetOwner().getSimpleName() + "." + call.getName();
    }
}
