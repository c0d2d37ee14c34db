package dev.portcullis.proxy;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;

/// Closes things one after the other; one that fails does not keep the others open.
final class Closing {
    private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

    private Closing() {}

    static void all(List<? extends AutoCloseable> parts) {
        for (var part : parts) {
            try {
                part.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception e) {
                LOG.atWarn()
                        .setCause(e)
                        .addKeyValue("part", part.getClass().getSimpleName())
                        .log("cannot be closed");
            }
        }
    }
}
