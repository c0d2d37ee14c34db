package dev.portcullis.console.tools;

import java.util.Optional;

/// A tool, what the policy says of it, and what last changed about it.
///
/// @param change from the accepted definition to the one that differs, else from the one before to the
///     current one
public record CatalogueEntry(CataloguedTool tool, ToolStanding standing, Optional<DefinitionChange> change) {}
