package dev.portcullis.proxy.audit;

import dev.portcullis.policy.Keeping.Hiding;
import dev.portcullis.policy.ValueDigests;

import java.util.List;
import java.util.function.UnaryOperator;

/// The result of a call as the audit trail keeps it, where a rule asks for it.
public final class RecordedResult {
    /// What stands for a result that was passed on in pieces, since nobody has seen the whole of it.
    public static final String NOT_HELD = "{\"dev.portcullis/omitted\": {\"reason\": \"streamed\"}}";

    private RecordedResult() {}

    /// Redacts `result` like arguments. Takes time in proportion to its length.
    ///
    /// @param hide takes out of a text what is a secret in this exchange alone
    /// @param hidings what rules hide
    /// @param mostBytes how long it may be; too long a text in it is left out, or all of it
    public static String of(
            String result, UnaryOperator<String> hide, ValueDigests digests, List<Hiding> hidings, int mostBytes) {
        var places = HiddenPlaces.inResult(hidings, digests);
        return Redaction.redact(result, new Redaction.Terms(hide, places, HiddenValues.untold()), mostBytes);
    }
}
