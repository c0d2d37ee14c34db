package dev.portcullis.console.shell;

import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.page.AppShellConfigurator;
import com.vaadin.flow.component.page.Push;
import com.vaadin.flow.server.AppShellSettings;
import com.vaadin.flow.shared.ui.Transport;
import com.vaadin.flow.theme.lumo.Lumo;

/// The page around everything: theme, stylesheet, icon, and the channel on which the server speaks
/// first.
@Push(transport = Transport.WEBSOCKET_XHR)
@StyleSheet(Lumo.STYLESHEET)
@StyleSheet("console.css")
public class ConsoleShell implements AppShellConfigurator {
    private static final long serialVersionUID = 1L;

    /// Runs before the first paint, so that a dark screen never flashes white.
    private static final String THEME_SCRIPT = """
            window.portcullisTheme = {
              system: matchMedia('(prefers-color-scheme: dark)'),
              chosen() { return localStorage.getItem('portcullis-theme'); },
              isDark() { return this.chosen() ? this.chosen() === 'dark' : this.system.matches; },
              apply() {
                document.documentElement.setAttribute('theme', this.isDark() ? 'dark' : 'light');
                document.documentElement.style.colorScheme = this.isDark() ? 'dark' : 'light';
              },
              toggle() { localStorage.setItem('portcullis-theme', this.isDark() ? 'light' : 'dark'); this.apply(); },
            };
            window.portcullisTheme.apply();
            window.portcullisTheme.system.addEventListener('change', () => window.portcullisTheme.apply());
            """;

    @Override
    public void configurePage(AppShellSettings settings) {
        settings.addFavIcon("icon", "icon.svg", "any");
        settings.setViewport("width=device-width, initial-scale=1");
        settings.addInlineWithContents(THEME_SCRIPT, com.vaadin.flow.component.page.Inline.Wrapping.JAVASCRIPT);
    }
}
