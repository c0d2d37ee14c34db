package dev.portcullis.sandbox.tools;

import java.util.List;

/// Tools about one part of the catalogue.
@FunctionalInterface
interface ToolFamily {

    List<SandboxTool> tools();
}
