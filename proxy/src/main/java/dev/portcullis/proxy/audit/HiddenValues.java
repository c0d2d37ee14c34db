package dev.portcullis.proxy.audit;

import dev.portcullis.policy.HiddenValue;
import dev.portcullis.policy.HiddenValue.Kind;
import dev.portcullis.policy.ValueDigests;
import tools.jackson.core.JsonPointer;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Hears of every value that a redacted copy does not hold as it was.
interface HiddenValues {
    void text(JsonPointer at, String text);

    void number(JsonPointer at, String number);

    void array(JsonPointer at);

    void object(JsonPointer at);

    /// A flag, or that there is no value.
    void other(JsonPointer at);

    /// A value of which nothing may be kept.
    void forgotten(JsonPointer at, Kind kind);

    /// There is no copy at all.
    void everything();

    /// For copies that nobody decides by.
    static HiddenValues untold() {
        return new HiddenValues() {
            @Override
            public void text(JsonPointer at, String text) {}

            @Override
            public void number(JsonPointer at, String number) {}

            @Override
            public void array(JsonPointer at) {}

            @Override
            public void object(JsonPointer at) {}

            @Override
            public void other(JsonPointer at) {}

            @Override
            public void forgotten(JsonPointer at, Kind kind) {}

            @Override
            public void everything() {}
        };
    }

    /// Whether there is any, and one of which nothing may be kept.
    final class Noticed implements HiddenValues {
        private boolean any;
        private boolean forgets;

        boolean any() {
            return any;
        }

        boolean forgets() {
            return forgets;
        }

        @Override
        public void text(JsonPointer at, String text) {
            any = true;
        }

        @Override
        public void number(JsonPointer at, String number) {
            any = true;
        }

        @Override
        public void array(JsonPointer at) {
            any = true;
        }

        @Override
        public void object(JsonPointer at) {
            any = true;
        }

        @Override
        public void other(JsonPointer at) {
            any = true;
        }

        @Override
        public void forgotten(JsonPointer at, Kind kind) {
            any = true;
            forgets = true;
        }

        @Override
        public void everything() {
            any = true;
        }
    }

    /// Notes them with what they are recognized by, and not more of them than a record holds.
    final class Digested implements HiddenValues {
        private static final int MOST = 64;
        /// A longer number takes long to read, and is nobody's choice.
        private static final int LONGEST_NUMBER = 400;

        private final ValueDigests digests;
        private final List<HiddenValue> values = new ArrayList<>();
        private boolean forgets;

        Digested(ValueDigests digests) {
            this.digests = digests;
        }

        List<HiddenValue> values() {
            return List.copyOf(values);
        }

        /// Whether nothing may be kept of one of them.
        boolean forgets() {
            return forgets;
        }

        @Override
        public void text(JsonPointer at, String text) {
            add(at, Kind.STRING, () -> Optional.of(digests.ofText(text)));
        }

        @Override
        public void number(JsonPointer at, String number) {
            add(at, Kind.NUMBER, () -> digest(number));
        }

        @Override
        public void array(JsonPointer at) {
            add(at, Kind.ARRAY, Optional::empty);
        }

        @Override
        public void object(JsonPointer at) {
            add(at, Kind.OBJECT, Optional::empty);
        }

        @Override
        public void other(JsonPointer at) {
            add(at, Kind.UNKNOWN, Optional::empty);
        }

        @Override
        public void forgotten(JsonPointer at, Kind kind) {
            forgets = true;
            add(at, kind, Optional::empty);
        }

        @Override
        public void everything() {
            values.clear();
            values.add(HiddenValue.EVERYTHING);
        }

        /// What stands inside of a hidden value is hidden with it.
        private void add(JsonPointer at, Kind kind, Supplier<Optional<String>> digest) {
            var place = at.toString();
            if (values.stream().anyMatch(known -> place.startsWith(known.at() + "/"))) {
                return;
            }
            if (values.size() < MOST) {
                values.add(new HiddenValue(place, kind, digest.get()));
            } else {
                everything();
            }
        }

        private Optional<String> digest(String number) {
            try {
                return number.length() > LONGEST_NUMBER
                        ? Optional.empty()
                        : Optional.of(digests.ofNumber(new BigDecimal(number)));
            } catch (ArithmeticException | NumberFormatException tooLarge) {
                return Optional.empty();
            }
        }
    }
}
