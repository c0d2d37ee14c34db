package dev.portcullis.proxy.sync;

/// How many exchanges ended when a replica obeyed a kill.
///
/// @param calls calls in flight
/// @param streams open streams
public record CutExchanges(int calls, int streams) {
    public static final CutExchanges NONE = new CutExchanges(0, 0);

    /// One more.
    public CutExchanges and(boolean isStream) {
        return isStream ? new CutExchanges(calls, streams + 1) : new CutExchanges(calls + 1, streams);
    }
}
