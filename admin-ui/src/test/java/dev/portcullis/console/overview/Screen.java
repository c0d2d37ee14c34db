package dev.portcullis.console.overview;

import java.util.List;

/// A screen as somebody opens it.
///
/// @param content what only its own data, of a [LargeInstallation], brings into the answer
record Screen(String path, String query, String content) {

    static List<Screen> all() {
        return List.of(
                new Screen("", "period=1h", "Needs attention"),
                new Screen("", "period=24h", "Needs attention"),
                new Screen("", "period=7d", "tool-0"),
                new Screen("", "period=30d", "user-0"),
                new Screen("tool-calls", "", "claude-code"),
                new Screen("tool-calls", "outcome=denied", "denied"),
                new Screen("tool-calls", "caller=rare", "rare"),
                new Screen("policy", "", "rule-4998"),
                new Screen("policy", "tab=history", "many rules"),
                new Screen("policy/proposals", "", "Proposals"),
                new Screen("kill-switch", "", "Kill switch"),
                new Screen("tools", "", "tool-100"),
                new Screen("callers", "", "user-0"),
                new Screen("connect", "", "port-eu"),
                new Screen("routes", "", "port-eu"),
                new Screen("api-keys", "", "API keys"),
                new Screen("replicas", "", "replica-1"),
                new Screen("evidence", "", "Evidence"),
                new Screen("settings", "", "Settings"));
    }

    String address() {
        return "/" + path + (query.isEmpty() ? "" : "?" + query);
    }

    @Override
    public String toString() {
        return address();
    }
}
