package dev.portcullis.proxy.management;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// One thing that a replica needs to serve.
public interface HealthCheck {
    Result check();

    /// How good it is, from best to worst.
    enum Status {
        PASS,
        /// Worth a look, though requests are served.
        WARN,
        /// Requests would be refused.
        FAIL;

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// What a check found. Details are for operators; anybody who reaches the management port reads
    /// them.
    record Result(String name, Status status, String detail) {}

    /// The worst of them; [Status#PASS] when there are none.
    static Status worst(List<Result> results) {
        return results.stream()
                .map(Result::status)
                .max(Comparator.naturalOrder())
                .orElse(Status.PASS);
    }
}
