package dev.portcullis.console;

import dev.portcullis.ledger.SigningKey;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

import java.io.IOException;
import java.time.Clock;

/// Where Spring begins to look.
@SpringBootApplication
class ConsoleApplication {

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    /// Signs what the console says of the audit trail: checkpoints of admin events, and what retention
    /// dropped.
    @Bean
    SigningKey signingKey(ConsoleSettings settings) throws IOException {
        return settings.trail().signingKey().isPresent()
                ? SigningKey.at(settings.trail().signingKey().get())
                : SigningKey.generate();
    }
}
