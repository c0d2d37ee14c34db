package dev.portcullis.console.tools;

/// A tool and what the policy says of it, without what changed about it.
public record ToolSummary(CataloguedTool tool, ToolStanding standing) {}
