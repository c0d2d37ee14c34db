package dev.portcullis.console.policy;

/// Which policy a question is put to.
public sealed interface PolicyChoice {

    /// For people, and for answers.
    String describe();

    /// The version in force.
    record Published() implements PolicyChoice {
        @Override
        public String describe() {
            return "published";
        }
    }

    /// The document under work.
    record Draft() implements PolicyChoice {
        @Override
        public String describe() {
            return "draft";
        }
    }

    /// A version that is, or was, in force.
    record Version(long number) implements PolicyChoice {
        @Override
        public String describe() {
            return "version " + number;
        }
    }

    /// A document that came with the question.
    record Document(String text) implements PolicyChoice {
        @Override
        public String describe() {
            return "document";
        }
    }
}
