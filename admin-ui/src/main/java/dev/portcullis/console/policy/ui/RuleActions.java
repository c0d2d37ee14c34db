package dev.portcullis.console.policy.ui;

import dev.portcullis.policy.document.Rule;

/// What can be done with a rule from its card.
interface RuleActions {
    void edit(Rule rule);

    /// @param steps down, or up when negative
    void move(Rule rule, int steps);

    /// From observing to enforcing, or back.
    void setMode(Rule rule, Rule.Mode mode);

    void duplicate(Rule rule);

    void delete(Rule rule);

    /// Shows it in the text.
    void find(Rule rule);
}
