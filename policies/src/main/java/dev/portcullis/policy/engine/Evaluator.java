package dev.portcullis.policy.engine;

import com.dylibso.chicory.runtime.ByteArrayMemory;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.styra.opa.wasm.OpaWasm_Env;
import com.styra.opa.wasm.OpaWasm_ModuleExports;
import com.styra.opa.wasm.OpaWasm_ModuleImports;

import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/// One instance of the policy with its data, behind OPA's WebAssembly interface (ABI 1.2).
///
/// Not thread-safe. After an exception its memory is in an unknown state, and it must not be used
/// again.
final class Evaluator implements OpaWasm_ModuleImports, OpaWasm_Env {
    /// The entry points, numbered in the order in which `compile.sh` names them.
    enum Entrypoint {
        DECISION(0),
        EXPLANATION(1);

        private final int id;

        Entrypoint(int id) {
            this.id = id;
        }
    }

    private static final int PAGE = 65_536;
    private static final int FIRST_PAGES = 16;
    private static final int MOST_PAGES = 4_096;
    private static final int JSON_FORMAT = 0;

    private final Memory memory;
    private final OpaWasm_ModuleExports policy;
    private final int data;
    private final int heap;

    Evaluator(WasmModule module, Function<Instance, Machine> machines, String dataJson) {
        this(module, machines, dataJson, MOST_PAGES);
    }

    /// @param mostPages how much memory it may take, in pages of 64 KiB
    Evaluator(WasmModule module, Function<Instance, Machine> machines, String dataJson, int mostPages) {
        memory = new ByteArrayMemory(new MemoryLimits(FIRST_PAGES, mostPages));
        var instance = Instance.builder(module)
                .withImportValues(toImportValues())
                .withMachineFactory(machines)
                .build();
        policy = new OpaWasm_ModuleExports(instance);
        refuseHostBuiltins();
        data = parse(dataJson.getBytes(StandardCharsets.UTF_8));
        heap = policy.opaHeapPtrGet();
    }

    /// Evaluates one entry point.
    ///
    /// @param input JSON in UTF-8
    /// @return the result set as JSON: an array with one object, or an empty one when the answer is
    ///     undefined
    /// @throws RuntimeException when the policy or its engine fails
    String evaluate(Entrypoint entrypoint, byte[] input) {
        return evaluate(entrypoint.id, input);
    }

    /// Evaluates the only entry point of a module that has one.
    String evaluate(byte[] input) {
        return evaluate(0, input);
    }

    private String evaluate(int entrypoint, byte[] input) {
        reserve(heap + input.length);
        memory.write(heap, input);
        var result = policy.opaEval(0, entrypoint, data, heap, input.length, heap + input.length, JSON_FORMAT);
        return memory.readCString(result, StandardCharsets.UTF_8);
    }

    /// The policy uses only what is part of OPA's WebAssembly library; `compile.sh` sees to that.
    private void refuseHostBuiltins() {
        var needed = memory.readCString(policy.opaJsonDump(policy.builtins()), StandardCharsets.UTF_8);
        if (!needed.equals("{}")) {
            throw new IllegalStateException("the policy needs builtins of its host: " + needed);
        }
    }

    /// @throws IllegalStateException when this is not the one entry point there is
    void requireEntryPoint(String name) {
        var names = memory.readCString(policy.opaJsonDump(policy.entrypoints()), StandardCharsets.UTF_8);
        if (!names.equals("{\"" + name + "\":0}")) {
            throw new IllegalStateException("entry points: " + names + " (expected: " + name + " alone)");
        }
    }

    private int parse(byte[] json) {
        var text = policy.opaMalloc(json.length);
        memory.write(text, json);
        var value = policy.opaJsonParse(text, json.length);
        policy.opaFree(text);
        if (value == 0) {
            throw new IllegalArgumentException("data: not JSON");
        }
        return value;
    }

    private void reserve(int bytes) {
        var missing = Math.ceilDiv(bytes, PAGE) - memory.pages();
        if (missing > 0 && memory.grow(missing) < 0) {
            throw new IllegalStateException("input: larger than the evaluator's memory");
        }
    }

    @Override
    public OpaWasm_Env env() {
        return this;
    }

    @Override
    public Memory memory() {
        return memory;
    }

    @Override
    public void opaAbort(int message) {
        throw new IllegalStateException("policy aborted: " + memory.readCString(message));
    }

    @Override
    public int opaBuiltin0(int id, int context) {
        throw missingBuiltin(id);
    }

    @Override
    public int opaBuiltin1(int id, int context, int a) {
        throw missingBuiltin(id);
    }

    @Override
    public int opaBuiltin2(int id, int context, int a, int b) {
        throw missingBuiltin(id);
    }

    @Override
    public int opaBuiltin3(int id, int context, int a, int b, int c) {
        throw missingBuiltin(id);
    }

    @Override
    public int opaBuiltin4(int id, int context, int a, int b, int c, int d) {
        throw missingBuiltin(id);
    }

    private static IllegalStateException missingBuiltin(int id) {
        return new IllegalStateException("the policy calls builtin " + id + " of its host, which has none");
    }
}
