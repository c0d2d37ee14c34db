package dev.portcullis.policy;

import java.util.List;
import java.util.Optional;

/// What is asked of the policy.
public sealed interface Question {

    /// May this caller talk to this route from this address at all? Asked before the body is read, for
    /// every HTTP method.
    record Connection() implements Question {}

    /// May this message pass? Every JSON-RPC message, in both directions, that is not a tool call or a
    /// list of tools.
    ///
    /// @param method the JSON-RPC method, or empty for a response
    /// @param uris the resources it names, or the pages a server asks the client to open; a rule that
    ///     refuses one of them refuses the message
    /// @param prompt the prompt it names
    record Message(Optional<String> method, List<String> uris, Optional<String> prompt) implements Question {
        public Message {
            uris = List.copyOf(uris);
        }

        /// A message that names no prompt.
        public Message(Optional<String> method, List<String> uris) {
            this(method, uris, Optional.empty());
        }

        /// A message that names no resource.
        public Message(Optional<String> method) {
            this(method, List.of());
        }
    }

    /// Which of these methods could pass, whatever their parameters? One question for all the
    /// capabilities that client and server tell each other.
    record Methods(List<String> methods) implements Question {
        public Methods {
            methods = List.copyOf(methods);
        }
    }

    /// May this tool be called?
    ///
    /// @param method `tools/call`
    /// @param tool the tool by its name, exactly as the client wrote it, and as it was listed last
    /// @param argumentsJson the `arguments` object as JSON text; `{}` when the call has none
    record ToolCall(String method, ListedTool tool, String argumentsJson) implements Question {}

    /// May this tool have been called, as far as a record tells?
    ///
    /// @param method `tools/call`
    /// @param tool the tool as it was when it was called
    /// @param arguments what was kept of the call's arguments
    /// @param reading how what was not kept is read
    record RecordedCall(String method, ListedTool tool, KeptArguments arguments, KeptArguments.Reading reading)
            implements Question {}

    /// Which of these tools may be seen? One question for a whole page of `tools/list`.
    record ToolList(List<ListedTool> tools) implements Question {
        public ToolList {
            tools = List.copyOf(tools);
        }
    }

    /// Which of these prompts may be seen? Those that `prompts/get` could get.
    record PromptList(List<String> prompts) implements Question {
        public PromptList {
            prompts = List.copyOf(prompts);
        }
    }

    /// Which of these resources may be seen? Those that `resources/read` could read.
    record ResourceList(List<String> uris) implements Question {
        public ResourceList {
            uris = List.copyOf(uris);
        }
    }
}
