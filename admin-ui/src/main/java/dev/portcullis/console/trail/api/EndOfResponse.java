package dev.portcullis.console.trail.api;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;

/// Ends a response that has lost its reader, or outlived its time, without an error page, for which
/// there is nobody left.
final class EndOfResponse implements AsyncListener {
    @Override
    public void onError(AsyncEvent event) {
        event.getAsyncContext().complete();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        event.getAsyncContext().complete();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        // nothing is left to be done
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // it is not started again
    }
}
