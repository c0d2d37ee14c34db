package dev.portcullis.proxy.server;

import dev.portcullis.proxy.audit.RecordedResult;
import dev.portcullis.proxy.exchange.Filtered;
import dev.portcullis.proxy.exchange.KeptAnswer;
import dev.portcullis.proxy.exchange.Stage;
import dev.portcullis.proxy.jsonrpc.StrictJson;
import dev.portcullis.proxy.mcp.Answered;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Notes of an upstream's answer what the audit trail keeps of it. Belongs to the event loop of the exchange.
///
/// Of names that were hidden no more than [#MOST_NAMES] are kept, and the number of those beyond; of each the
/// first characters.
final class AnswerNotes {
    static final int MOST_NAMES = 1_000;

    private static final int LONGEST_NAME = 2_048;

    private static final StrictJson JSON = new StrictJson(400);

    private final boolean wantsResult;
    private final List<String> hidden = new ArrayList<>();
    private boolean isList;
    private long more;
    private Optional<String> answer = Optional.empty();
    private boolean unseen;

    /// @param wantsResult whether a rule asks for the result of the request
    AnswerNotes(boolean wantsResult) {
        this.wantsResult = wantsResult;
    }

    static AnswerNotes of(Stage.Decided decided) {
        return new AnswerNotes(decided.permit()
                .decision()
                .obligations()
                .keeping()
                .resultBytes()
                .isPresent());
    }

    /// What has become of a message of the upstream.
    void passes(String message, Filtered filtered) {
        switch (filtered) {
            case Filtered.Unchanged unchanged -> answers(message, unchanged.answer());
            case Filtered.Replaced replaced -> {
                answers(replaced.text(), replaced.answer());
                replaced.hidden().ifPresent(this::hides);
            }
            case Filtered.Dropped other -> {}
            case Filtered.Blocked other -> {}
            case Filtered.Unreadable other -> {}
            case Filtered.Withheld other -> {}
        }
    }

    /// The answer is too large to be held, and nobody will have seen the whole of it.
    void passesUnseen() {
        unseen = true;
    }

    private void answers(String message, Optional<Answered> answered) {
        if (wantsResult && answered.isPresent() && answered.get() != Answered.PROTOCOL_ERROR) {
            answer = Optional.of(message);
        }
    }

    private void hides(List<String> names) {
        isList = true;
        var room = MOST_NAMES - hidden.size();
        names.stream()
                .limit(room)
                .map(name -> name.substring(0, Math.min(name.length(), LONGEST_NAME)))
                .forEach(hidden::add);
        more += Math.max(0, names.size() - room);
    }

    KeptAnswer kept() {
        return new KeptAnswer(isList ? Optional.of(names()) : Optional.empty(), result());
    }

    private Optional<String> result() {
        return wantsResult && unseen ? Optional.of(RecordedResult.NOT_HELD) : answer.map(AnswerNotes::resultIn);
    }

    private static String resultIn(String message) {
        try {
            return JSON.read(message).path("result").toString();
        } catch (StrictJson.NotStrictJson e) {
            throw new IllegalStateException("an answer that has passed is no JSON", e);
        }
    }

    /// No name of a tool has a space in it, so nobody takes the last entry for one.
    private List<String> names() {
        if (more == 0) {
            return hidden;
        }
        var all = new ArrayList<>(hidden);
        all.add("and " + more + " more");
        return all;
    }
}
