package dev.portcullis.console.policy.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Composite;
import com.vaadin.flow.component.tabs.Tab;
import dev.portcullis.console.components.ScreenTabs;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/// The panels of the screen, one at a time.
final class PolicyTabs extends Composite<ScreenTabs> {
    private static final long serialVersionUID = 1L;

    private final Map<PolicyTab, Tab> tabs = new EnumMap<>(PolicyTab.class);

    PolicyTabs() {
        getContent().addClassName("policy-tabs");
    }

    void add(PolicyTab name, Component panel) {
        tabs.put(name, getContent().add(name.label(), panel));
    }

    PolicyTab selected() {
        return tabs.entrySet().stream()
                .filter(entry -> entry.getValue().equals(getContent().getSelectedTab()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(PolicyTab.RULES);
    }

    void select(PolicyTab name) {
        getContent().setSelectedTab(tab(name));
    }

    /// With a dot behind its name, for what is new.
    void mark(PolicyTab name, boolean isNew) {
        tab(name).setLabel(name.label() + (isNew ? " •" : ""));
    }

    /// @param user is told when somebody has chosen another one, after `any`, which is told in any case
    void onSelect(Runnable any, Runnable user) {
        getContent().addSelectedChangeListener(event -> {
            any.run();
            if (event.isFromClient()) {
                user.run();
            }
        });
    }

    private Tab tab(PolicyTab name) {
        return Objects.requireNonNull(tabs.get(name), "every panel is added");
    }
}
