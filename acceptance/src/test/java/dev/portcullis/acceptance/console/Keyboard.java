package dev.portcullis.acceptance.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;

/// Somebody with a keyboard and nothing else: goes from one thing to the next, and is lost when the focus
/// is nowhere, or where it cannot be seen.
record Keyboard(Page page) {
    /// Nobody presses Tab more often than that.
    private static final int PATIENCE = 120;

    /// Somebody who looks does not notice a shorter wait; on a busy machine all takes longer.
    private static final Duration MARKED_WITHIN = Duration.ofSeconds(2);

    /// What has the focus: its role, its name, and whether one sees that.
    private static final String FOCUSED = """
            () => {
              let element = document.activeElement;
              while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
              if (!element || element === document.body) return {role: '', name: '', seen: false};
              const text = id => document.getElementById(id)?.textContent ?? '';
              const labelled = (element.getAttribute('aria-labelledby') ?? '').split(/ +/).map(text).join(' ').trim();
              const name = element.getAttribute('aria-label') || labelled || element.labels?.[0]?.textContent
                  || element.textContent || element.id || '';
              const role = element.getAttribute('role') || element.localName;
              // A dialog shows by its overlay, somewhere in its shadows, that it has the focus itself.
              const overlay = root => [...(root?.querySelectorAll('*') ?? [])]
                  .map(inner => inner.part?.contains('overlay') && !inner.shadowRoot ? inner : overlay(inner.shadowRoot))
                  .find(found => found);
              const shown = overlay(element.shadowRoot) ?? element;
              const box = shown.getBoundingClientRect();
              const inside = box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
              let marked = false;
              for (let near = shown, up = 0; near && up < 6 && !marked; up++) {
                const style = getComputedStyle(near);
                marked = near.hasAttribute?.('focus-ring') || style.outlineStyle !== 'none' || style.boxShadow !== 'none'
                    || near.classList?.contains('cm-focused');
                near = near.parentElement ?? near.getRootNode().host;
              }
              return {role, name: name.replace(/\\s+/g, ' ').trim(), seen: inside && marked};
            }""";

    /// @param seen whether it is on the screen, and marked
    record Focus(String role, String name, boolean seen) {
        @Override
        public String toString() {
            return role + " “" + name + "”";
        }
    }

    Focus focus() {
        var found = (Map<?, ?>) page.evaluate(FOCUSED);
        return new Focus(
                String.valueOf(found.get("role")),
                String.valueOf(found.get("name")),
                Boolean.TRUE.equals(found.get("seen")));
    }

    /// Presses Tab until something of this name has the focus.
    Keyboard tabTo(String name) {
        return goTo("Tab", name);
    }

    Keyboard tabBackTo(String name) {
        return goTo("Shift+Tab", name);
    }

    Keyboard press(String... keys) {
        for (var key : keys) {
            page.keyboard().press(key);
        }
        return this;
    }

    Keyboard type(String text) {
        page.keyboard().type(text);
        return this;
    }

    /// The focus is somewhere, and one sees where: now or a moment later, since an editor marks that it has the focus
    /// after the event of the browser, and a dialog gives it back when it has closed.
    Focus assertNotLost() {
        var focus = focus();
        for (var until = System.nanoTime() + MARKED_WITHIN.toNanos(); !focus.seen() && System.nanoTime() < until; ) {
            page.waitForTimeout(10);
            focus = focus();
        }
        assertThat(focus.role()).as("what has the focus").isNotEmpty();
        assertThat(focus.seen()).as("one sees that %s has the focus", focus).isTrue();
        return focus;
    }

    private Keyboard goTo(String key, String name) {
        var passed = new ArrayList<String>();
        for (var step = 0; step < PATIENCE; step++) {
            page.keyboard().press(key);
            // From the end of a page the focus goes to the browser itself, and comes back.
            if (focus().role().isEmpty() && passed.contains("the browser")) {
                break;
            }
            if (focus().role().isEmpty()) {
                passed.add("the browser");
                continue;
            }
            var focus = assertNotLost();
            if (focus.name().equals(name)) {
                return this;
            }
            passed.add(focus.toString());
        }
        throw new AssertionError("nothing called “" + name + "” is on the way of " + key + ": " + passed);
    }
}
