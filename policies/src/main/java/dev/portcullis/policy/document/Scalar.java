package dev.portcullis.policy.document;

import tools.jackson.databind.json.JsonMapper;

import java.math.BigDecimal;

/// A JSON value without parts, as a condition on arguments lists it. Values are equal when JSON says so:
/// the text `"1"` is not the number 1, and 1.0 is.
public sealed interface Scalar {
    record Text(String text) implements Scalar {
        /// In quotes, as JSON writes it, so that no other value looks like it.
        @Override
        public String toString() {
            return JsonMapper.shared().writeValueAsString(text);
        }
    }

    /// @param number without zeros at its end, so that equal numbers are equal
    record Numeric(BigDecimal number) implements Scalar {
        public Numeric {
            number = number.stripTrailingZeros();
        }

        @Override
        public String toString() {
            return number.toString();
        }
    }

    record Flag(boolean flag) implements Scalar {
        @Override
        public String toString() {
            return Boolean.toString(flag);
        }
    }

    record Null() implements Scalar {
        @Override
        public String toString() {
            return "null";
        }
    }
}
