package dev.portcullis.console.policy;

import dev.portcullis.console.RunningConsole;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// All evaluations that a console does at once, taken by others until it is closed.
public final class OccupiedTurns implements AutoCloseable {
    private final CountDownLatch end = new CountDownLatch(1);
    private final ExecutorService others = Executors.newCachedThreadPool();

    public OccupiedTurns(RunningConsole console) throws InterruptedException {
        var turns = console.parts().getBean(EvaluationTurns.class);
        var busy = new CountDownLatch(EvaluationTurns.MOST);
        for (var i = 0; i < EvaluationTurns.MOST; i++) {
            others.submit(() -> turns.take(() -> {
                busy.countDown();
                return isOver();
            }));
        }
        busy.await();
    }

    private boolean isOver() {
        try {
            end.await();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        end.countDown();
        others.close();
    }
}
