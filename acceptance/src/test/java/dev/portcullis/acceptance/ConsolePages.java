package dev.portcullis.acceptance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;

import java.net.URI;

/// What a person does on the console's screens, found by what the screens say.
public record ConsolePages(Page page, URI console) {

    public void signIn(String user, String password) {
        page.navigate(console.resolve("/").toString());
        page.locator("input[name=username]").fill(user);
        page.locator("input[name=password]").fill(password);
        button("Sign in").click();
    }

    public void signOut() {
        menuItem("Account of admin").click();
        menuItem("Sign out").click();
        assertThat(button("Sign in")).isVisible();
    }

    public void changePassword(String current, String chosen) {
        field("Current password").fill(current);
        field("New password").fill(chosen);
        field("New password, again").fill(chosen);
        button("Change password").click();
    }

    /// Opens a screen by its address and waits for its heading.
    public void open(String path, String heading) {
        page.navigate(console.resolve(path).toString());
        assertThat(heading(heading)).isVisible();
    }

    /// Replaces the document in the editor, as by pasting.
    public void write(String document) {
        page.locator("policy-editor .cm-content").first().click();
        page.keyboard().press("ControlOrMeta+A");
        page.keyboard().insertText(document);
    }

    public Locator heading(String text) {
        return page.getByRole(
                AriaRole.HEADING, new GetByRoleOptions().setName(text).setExact(true));
    }

    public Locator button(String text) {
        return page.getByRole(
                AriaRole.BUTTON, new GetByRoleOptions().setName(text).setExact(true));
    }

    private Locator menuItem(String text) {
        return page.getByRole(
                AriaRole.MENUITEM, new GetByRoleOptions().setName(text).setExact(true));
    }

    public Locator field(String label) {
        return page.getByRole(
                AriaRole.TEXTBOX, new GetByRoleOptions().setName(label).setExact(true));
    }
}
