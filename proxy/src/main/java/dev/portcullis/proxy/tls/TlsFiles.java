package dev.portcullis.proxy.tls;

import dev.portcullis.configuration.Pem;
import dev.portcullis.proxy.config.TlsSettings;

import java.io.IOException;
import java.util.Optional;

/// What stood in all files of a [TlsSettings] at one moment.
record TlsFiles(String certificate, String key, Optional<String> clientAuthorities) {

    static TlsFiles read(TlsSettings settings) throws IOException {
        var authorities = settings.clientAuthorities();
        return new TlsFiles(
                Pem.text(settings.certificate()),
                Pem.text(settings.key()),
                authorities.isPresent() ? Optional.of(Pem.text(authorities.get())) : Optional.empty());
    }

    /// Never the key.
    @Override
    public String toString() {
        return "TlsFiles";
    }
}
