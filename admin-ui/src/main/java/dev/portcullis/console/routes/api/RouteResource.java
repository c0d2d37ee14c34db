package dev.portcullis.console.routes.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.portcullis.console.api.Page;
import dev.portcullis.console.routes.RouteHealth;
import dev.portcullis.console.routes.RouteService;
import dev.portcullis.console.routes.RouteStanding;
import dev.portcullis.policy.document.Route;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// `/api/v1/routes`.
@RestController
@RequestMapping("/api/v1/routes")
@Tag(name = "routes", description = "The routes of the policy in force")
class RouteResource {
    private final RouteService routes;

    RouteResource(RouteService routes) {
        this.routes = routes;
    }

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record View(
            String name,
            String upstream,
            String profile,
            String authentication,
            List<String> hosts,
            Optional<String> credential,
            String credentialFit,
            Optional<OffsetDateTime> credentialExpiresAt,
            boolean trustAnnotations,
            HealthView health) {

        static View of(RouteStanding standing) {
            var route = standing.route();
            return new View(
                    route.name(),
                    upstream(route),
                    route.profile(),
                    route.authentication().wireName(),
                    route.hosts(),
                    route.credential(),
                    word(standing.fit()),
                    standing.credentialEnd(),
                    route.trustAnnotations(),
                    HealthView.of(standing.health()));
        }

        private static String upstream(Route route) {
            return switch (route.upstream()) {
                case Route.Upstream.Sandbox _ -> "sandbox";
                case Route.Upstream.Remote remote -> remote.uri().toString();
            };
        }
    }

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record HealthView(
            String state,
            int answered,
            int failed,
            Optional<OffsetDateTime> answeredAt,
            Optional<OffsetDateTime> failedAt,
            List<String> failingReplicas) {
        static HealthView of(RouteHealth health) {
            return new HealthView(
                    word(health.state()),
                    health.answered(),
                    health.failed(),
                    health.answeredAt(),
                    health.failedAt(),
                    health.failingReplicas());
        }
    }

    @GetMapping
    @Operation(
            summary =
                    "Every route of the policy in force, whether its credential fits, and how its upstream has answered of late",
            description =
                    "`health` counts the newest 200 exchanges of the last 15 minutes; `state` is unknown, answers, unsteady or fails."
                            + " `credentialFit` is none, fits, missing or other_upstream; `credentialExpiresAt` is when somebody said that its"
                            + " secret ends.")
    Page<View> list() {
        return new Page<>(routes.list().stream().map(View::of).toList(), Optional.empty());
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
