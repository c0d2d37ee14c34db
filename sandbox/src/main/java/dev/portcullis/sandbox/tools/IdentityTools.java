package dev.portcullis.sandbox.tools;

import dev.portcullis.sandbox.catalogue.Catalogue;
import dev.portcullis.sandbox.catalogue.JsonObject;
import dev.portcullis.sandbox.catalogue.Organization;

import java.util.List;
import java.util.Set;

/// Who the caller is, and what somebody could do.
final class IdentityTools implements ToolFamily {

    private static final Set<String> WRITERS = Set.of("Admin", "Builder");

    private final Catalogue catalogue;

    IdentityTools(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    @Override
    public List<SandboxTool> tools() {
        return List.of(
                SandboxTool.of(
                        ToolKind.READ,
                        "describe_user_details",
                        "Says who the caller is: organization, roles and teams.",
                        List.of(),
                        call -> Organization.describe()),
                SandboxTool.of(
                        ToolKind.READ,
                        "simulate_blueprint_permissions",
                        "Says what a user with a role could do with the entities of a blueprint. Changes nothing.",
                        List.of(
                                Parameter.text("blueprintIdentifier", "The blueprint")
                                        .required(),
                                Parameter.text("userEmail", "The user; the caller if left out"),
                                Parameter.choice(
                                        "role", "The role; the caller's if left out", "Admin", "Builder", "Member")),
                        this::simulate));
    }

    private JsonObject simulate(ToolCall call) {
        var blueprint = call.text("blueprintIdentifier");
        catalogue.blueprints().get(blueprint);
        var role = call.arguments().text("role", "Builder");
        var writes = WRITERS.contains(role);
        return JsonObject.of("blueprintIdentifier", blueprint)
                .with("user", call.arguments().text("userEmail", Organization.USER))
                .with("role", role)
                .with(
                        "permissions",
                        JsonObject.of("read", true)
                                .with("register", writes)
                                .with("update", writes)
                                .with("unregister", role.equals("Admin")));
    }
}
