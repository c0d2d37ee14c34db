package dev.portcullis.console;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

import java.time.Clock;

/// Where Spring begins to look.
@SpringBootApplication
class ConsoleApplication {

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
