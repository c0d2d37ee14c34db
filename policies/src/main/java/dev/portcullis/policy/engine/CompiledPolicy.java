package dev.portcullis.policy.engine;

import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Function;

/// The policy as WebAssembly, translated to JVM bytecode once.
///
/// The translation takes about a second and is the same for every document, so all evaluators of the
/// process share it: an evaluator for new data takes milliseconds, and what the JIT compiler has
/// learned stays.
final class CompiledPolicy {
    private final WasmModule module;
    private final Function<Instance, Machine> machines;

    private CompiledPolicy(WasmModule module) {
        this.module = module;
        this.machines = MachineFactoryCompiler.compile(module);
    }

    /// The policy in this jar, made from `src/main/rego` by `compile.sh`.
    static CompiledPolicy shipped() {
        return Shipped.POLICY;
    }

    /// A new evaluator for `data`, a JSON object. It is not thread-safe.
    Evaluator evaluator(String data) {
        return new Evaluator(module, machines, data);
    }

    /// Translated on first use.
    private static final class Shipped {
        static final CompiledPolicy POLICY = read();

        private static CompiledPolicy read() {
            try (var stream = CompiledPolicy.class.getResourceAsStream("policy.wasm")) {
                if (stream == null) {
                    throw new IllegalStateException("policy.wasm is missing: run policies/compile.sh");
                }
                return new CompiledPolicy(Parser.parse(stream));
            } catch (IOException e) {
                throw new UncheckedIOException("policy.wasm", e);
            }
        }
    }
}
