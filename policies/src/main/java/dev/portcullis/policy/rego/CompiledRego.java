package dev.portcullis.policy.rego;

import java.util.Arrays;

/// An organization's modules as WebAssembly, with the one entry point `portcullis/organization/answer`.
///
/// Whoever made it, it can do no more than add denials: the engine asks it beside the product's own
/// policy, and takes nothing else from it.
public final class CompiledRego {
    public static final String ENTRY_POINT = "portcullis/organization/answer";
    /// The library of OPA that comes with every compilation has a third of a megabyte.
    public static final int LARGEST = 4 * 1024 * 1024;

    private final byte[] wasm;

    /// @throws IllegalArgumentException when it is too large
    public CompiledRego(byte[] wasm) {
        if (wasm.length > LARGEST) {
            throw new IllegalArgumentException(
                    "compiled modules: " + wasm.length + " bytes (expected: at most " + LARGEST + ")");
        }
        this.wasm = wasm.clone();
    }

    public byte[] wasm() {
        return wasm.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CompiledRego that && Arrays.equals(wasm, that.wasm);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(wasm);
    }

    @Override
    public String toString() {
        return "compiled modules of " + wasm.length + " bytes";
    }
}
