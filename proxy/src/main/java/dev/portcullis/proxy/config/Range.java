package dev.portcullis.proxy.config;

/// The values a setting may have, both ends included.
record Range<T extends Comparable<T>>(T least, T most) {

    boolean contains(T value) {
        return value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
    }

    /// Returns `value`, or refuses it by the setting's name: `bodyBytes: -1 (expected: 1024 to
    /// 268435456)`.
    T check(String name, T value) {
        if (!contains(value)) {
            throw wrong(name, value, toString());
        }
        return value;
    }

    static IllegalArgumentException wrong(String name, Object value, String expected) {
        return new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
    }

    @Override
    public String toString() {
        return least + " to " + most;
    }
}
