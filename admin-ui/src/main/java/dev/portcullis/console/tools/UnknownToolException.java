package dev.portcullis.console.tools;

/// A route that the policy does not have, or a tool that no list has named.
public final class UnknownToolException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private UnknownToolException(String sentence) {
        super(sentence);
    }

    static UnknownToolException route(String route) {
        return new UnknownToolException("The policy in force has no route " + route + ".");
    }

    static UnknownToolException tool(String route, String name) {
        return new UnknownToolException("No list of " + route + " has named a tool " + name + ".");
    }
}
