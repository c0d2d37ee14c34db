package dev.portcullis.console.secrets;

import dev.portcullis.console.ConsoleSettings;
import dev.portcullis.console.api.ConflictException;
import dev.portcullis.console.secrets.store.ReencryptionStore;
import dev.portcullis.secrets.MasterKey;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

import java.util.Optional;

/// The master key of this installation, if it has one.
///
/// When the console starts, everything that an older key encrypted is encrypted with the newest one, so
/// that after a rotation the old key can be thrown away.
@Component
public class MasterKeys {
    private final Optional<MasterKey> key;
    private final ReencryptionStore store;

    MasterKeys(ConsoleSettings settings, ReencryptionStore store) {
        this.key = settings.secretsKey().map(MasterKey::read);
        this.store = store;
    }

    /// @throws ConflictException with what to do when there is none
    public MasterKey required() {
        return key.orElseThrow(() -> new ConflictException("This installation keeps no secrets: make a key with"
                + " `portcullis secrets new FILE`, and name it as secrets.key in the configuration of the console and"
                + " of every proxy."));
    }

    @EventListener(ApplicationReadyEvent.class)
    void encryptAnew() {
        key.ifPresent(store::encryptAnew);
    }
}
