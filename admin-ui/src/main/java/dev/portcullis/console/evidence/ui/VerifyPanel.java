package dev.portcullis.console.evidence.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Pre;
import dev.portcullis.console.evidence.EvidenceKey;

/// How whoever gets an archive verifies it.
final class VerifyPanel extends Div {
    private static final long serialVersionUID = 1L;

    VerifyPanel(EvidenceKey key) {
        addClassNames("panel", "evidence-verify");
        add(
                new H2("How to verify an archive"),
                new OrderedList(
                        step(
                                "Keep the public keys of the console and the proxies where nobody who rules the database can"
                                        + " write.",
                                "portcullis audit key audit-signing.key > console.pem"),
                        step(
                                "Anywhere, without database or network: the manifest's signature, every file, and the"
                                        + " chains of the trail.",
                                "portcullis audit verify --evidence ARCHIVE.zip \\\n  --public-key console.pem --public-key proxy.pem"),
                        step(
                                "Or without Portcullis, in the unpacked archive.",
                                "openssl pkeyutl -verify -pubin -inkey console.pem -rawin \\\n  -in MANIFEST -sigfile MANIFEST.sig"
                                        + "\nsha256sum --check MANIFEST")),
                new Paragraph("README.txt in the archive says the same, and what an archive does not prove."),
                key(key));
    }

    private static ListItem step(String words, String command) {
        var code = new Pre(command);
        code.addClassName("evidence-command");
        code.getElement().setAttribute("tabindex", "0");
        code.getElement().setAttribute("role", "group");
        code.getElement().setAttribute("aria-label", "Command");
        return new ListItem(new Paragraph(words), code);
    }

    private static Component key(EvidenceKey key) {
        var text = new Paragraph(
                key.kept()
                        ? "Archives are signed with the console's key " + key.keyId() + "."
                        : "This console has no signing key of its own (console.audit.key): archives are signed with a"
                                + " key in memory, which shows that their files belong together, and not who made them.");
        text.addClassName(key.kept() ? "secondary" : "evidence-warning");
        return text;
    }
}
