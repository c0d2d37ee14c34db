package dev.portcullis.console.publication;

import dev.portcullis.console.policy.PublicationOrder;
import dev.portcullis.console.policy.Publisher;
import dev.portcullis.console.publication.store.ProposalStore;
import jakarta.annotation.PreDestroy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Publishes what waits for its time, by the database's clock. Every console looks each second, so that whichever
/// lives does it; a row's lock sees to it that only one does. What came due while none lived is carried out by the
/// first that comes back.
///
/// It has a thread of its own: the maintenance of the trail may take minutes.
@Component
class ScheduledPublications {
    static final String ACTOR = "system";

    private static final Logger LOG = LoggerFactory.getLogger(ScheduledPublications.class);
    private static final int AT_ONCE = 20;

    private final ProposalStore store;
    private final Publisher publisher;
    private final Rights rights;
    private final ScheduledExecutorService clockwork = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("console-publications").daemon().factory());
    private boolean failing;

    ScheduledPublications(ProposalStore store, Publisher publisher, Rights rights) {
        this.store = store;
        this.publisher = publisher;
        this.rights = rights;
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        clockwork.scheduleWithFixedDelay(this::look, 0, 1, TimeUnit.SECONDS);
    }

    @PreDestroy
    void stop() throws InterruptedException {
        clockwork.shutdown();
        if (!clockwork.awaitTermination(5, TimeUnit.SECONDS)) {
            clockwork.shutdownNow();
        }
    }

    /// Never throws: a database that is away is asked again, and told of once.
    private void look() {
        try {
            for (int i = 0;
                    i < AT_ONCE && store.carryOutNext(this::prepare, ACTOR).isPresent();
                    i++) {
                LOG.debug("a scheduled publication was carried out");
            }
            failing = false;
        } catch (RuntimeException e) {
            if (!failing) {
                LOG.atWarn().setCause(e).log("scheduled publications cannot be looked at; in a second again");
            }
            failing = true;
        }
    }

    private PublicationOrder prepare(ProposedPolicy policy) {
        publisher.refuseWhenOwnedElsewhere();
        rights.check(policy.proposal());
        return publisher.check(policy.order(ACTOR));
    }
}
