package dev.portcullis.console.tools.ui;

import dev.portcullis.console.access.Actor;
import dev.portcullis.console.policy.Expectation;
import dev.portcullis.console.policy.InvalidPolicyException;
import dev.portcullis.console.policy.NoPolicyPublishedException;
import dev.portcullis.console.policy.PolicyChangeService;
import dev.portcullis.console.policy.PolicyOwnedElsewhereException;
import dev.portcullis.console.policy.StalePolicyException;
import dev.portcullis.console.policytests.FailedTestsException;
import dev.portcullis.console.tools.DefinitionMovedException;
import dev.portcullis.console.tools.ReviewOrder;
import dev.portcullis.console.tools.ToolReviewService;
import dev.portcullis.console.tools.UnknownToolException;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Sends what somebody decides about tools, on condition that the policy is still the one they have seen, and tells
/// what came of it.
final class ToolDecisions {
    private final ToolReviewService reviews;
    private final Actor actor;
    private final Consumer<Told> told;

    ToolDecisions(ToolReviewService reviews, Actor actor, Consumer<Told> told) {
        this.reviews = reviews;
        this.actor = actor;
        this.told = told;
    }

    /// What came of a decision.
    ///
    /// @param done what was published
    /// @param trouble why nothing was
    /// @param unsent what was filled in then
    record Told(Optional<String> done, Optional<String> trouble, Optional<Review> unsent) {
        static Told done(String sentence) {
            return new Told(Optional.of(sentence), Optional.empty(), Optional.empty());
        }

        static Told trouble(Throwable trouble, Optional<Review> unsent) {
            return new Told(
                    Optional.empty(),
                    Optional.of(
                            trouble.getMessage() + (unsent.isPresent() ? " What you filled in is still here." : "")),
                    unsent);
        }
    }

    /// @param seen the policy that whoever decides has seen
    ReviewForm.Decisions about(String route, String name, Expectation seen) {
        return new ReviewForm.Decisions() {
            @Override
            public void accept(Review review) {
                review(review, Optional.of(review.definition()), "Accepted. ");
            }

            @Override
            public void classify(Review review) {
                review(
                        review,
                        Optional.empty(),
                        "The class is " + review.toolClass().wireName() + ". ");
            }

            @Override
            public void block(Review review) {
                attempt(
                        Optional.of(review),
                        () -> "Blocked. "
                                + sentence(reviews.block(
                                        route,
                                        List.of(name),
                                        review.reasonGiven().orElseThrow(),
                                        actor.name(),
                                        seen)));
            }

            @Override
            public void clear(Review review) {
                attempt(
                        Optional.of(review),
                        () -> "The decision is taken back. "
                                + sentence(reviews.clear(route, name, review.reasonGiven(), actor.name(), seen)));
            }

            private void review(Review review, Optional<String> definition, String what) {
                var order = new ReviewOrder(Optional.of(review.toolClass()), definition, review.reasonGiven());
                attempt(
                        Optional.of(review),
                        () -> what
                                + sentence(reviews.review(route, name, order, actor.name(), seen)
                                        .outcome()));
            }
        };
    }

    /// Shows what would be accepted, and accepts exactly that when somebody says so.
    void openClaims(String route) {
        guarded(
                Optional.empty(),
                () -> new ClaimsDialog(
                                route,
                                reviews.readOnlyClaims(route),
                                (claims, reason) -> attempt(Optional.empty(), () -> {
                                    var accepted = reviews.acceptReviewedClaims(
                                            route,
                                            claims.definitions(),
                                            reason,
                                            actor.name(),
                                            Expectation.of(claims.tag()));
                                    return "Accepted " + accepted.tools().size() + " as class read. "
                                            + sentence(accepted.outcome());
                                }))
                        .open());
    }

    private void attempt(Optional<Review> unsent, Supplier<String> decision) {
        guarded(unsent, () -> told.accept(Told.done(decision.get())));
    }

    private void guarded(Optional<Review> unsent, Runnable step) {
        try {
            step.run();
        } catch (DefinitionMovedException
                | StalePolicyException
                | UnknownToolException
                | NoPolicyPublishedException
                | PolicyOwnedElsewhereException
                | InvalidPolicyException
                | FailedTestsException
                | IllegalArgumentException e) {
            told.accept(Told.trouble(e, unsent));
        }
    }

    private static String sentence(PolicyChangeService.Outcome outcome) {
        if (outcome.proposal().isPresent()) {
            return "Proposal " + outcome.proposal().get() + " waits for a second person to approve it.";
        }
        var version = outcome.published()
                ? "Policy version " + outcome.version() + " is in force."
                : "The policy says so already.";
        return switch (outcome.draft()) {
            case FOLLOWED -> version;
            case CHANGED -> version + " The draft has it too.";
            case LEFT -> version + " The draft does not have it: make it there before you publish the draft.";
        };
    }
}
