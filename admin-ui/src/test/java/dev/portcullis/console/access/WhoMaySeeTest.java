package dev.portcullis.console.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.router.Layout;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.auth.AccessAnnotationChecker;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;

import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Asks what Vaadin asks before it shows a screen. `screens.txt` says whom it lets in; a screen that it does not name
/// fails.
class WhoMaySeeTest {
    private static final RoleMatrix MATRIX = RoleMatrix.read("screens.txt");

    private final AccessAnnotationChecker checker = new AccessAnnotationChecker();

    @Test
    void everyScreenIsForThoseWhomTheMatrixNames() throws ClassNotFoundException {
        // When
        var seen = new TreeMap<String, Set<String>>();
        for (var screen : screens()) {
            seen.put(
                    screen.getSimpleName(),
                    RoleMatrix.everybody().stream()
                            .filter(somebody -> sees(somebody, screen))
                            .collect(Collectors.toCollection(TreeSet::new)));
        }

        // Then
        assertThat(seen.keySet()).containsExactlyElementsOf(MATRIX.needed().keySet());
        seen.forEach((name, who) -> assertThat(who)
                .as(name)
                .isEqualTo(
                        MATRIX.needed().get(name).contains("EVERYBODY")
                                ? new TreeSet<>(RoleMatrix.everybody())
                                : MATRIX.allowed(name)));
    }

    private boolean sees(String somebody, Class<?> screen) {
        var authorities = somebody.equals(RoleMatrix.NOBODY)
                ? Set.<String>of()
                : Roles.authorities(List.of(somebody)).stream()
                        .map(authority -> String.valueOf(authority.getAuthority()))
                        .collect(Collectors.toSet());
        Principal principal = somebody.equals(RoleMatrix.NOBODY) ? null : () -> somebody;
        return checker.hasAccess(screen, principal, role -> authorities.contains("ROLE_" + role));
    }

    private static List<Class<?>> screens() throws ClassNotFoundException {
        var scanner = new ClassPathScanningCandidateComponentProvider(false) {
            @Override
            protected boolean isCandidateComponent(AnnotatedBeanDefinition definition) {
                return true;
            }
        };
        scanner.addIncludeFilter(new AnnotationTypeFilter(Route.class));
        scanner.addIncludeFilter(new AnnotationTypeFilter(Layout.class));
        var found = new ArrayList<Class<?>>();
        for (var definition : scanner.findCandidateComponents("dev.portcullis.console")) {
            found.add(Class.forName(definition.getBeanClassName()));
        }
        return found;
    }
}
