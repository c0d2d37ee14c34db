package dev.portcullis.policy.engine;

import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import dev.portcullis.policy.PolicyInput;
import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.policy.rego.CompiledRego;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Function;

/// An organization's own compiled modules, asked beside the product's policy.
///
/// They run in memory of their own, without any function of this process, and are believed in one
/// thing: what they refuse. So they can tighten and nothing else, whoever compiled them. An evaluation
/// that takes longer than its budget is stopped and is no answer, which refuses. A fixed pool of
/// evaluators; nothing waits.
public final class OwnRules {
    /// Reading the input takes time too, which no module can help.
    private static final long NANOS_FOR_EACH_BYTE = 50;
    private static final long NANOS_TO_WARM = Duration.ofMillis(300).toNanos();
    private static final long NANOS_TO_START = Duration.ofSeconds(2).toNanos();
    private static final int MOST_PAGES = 1_024;
    private static final String NO_DATA = "{}";

    private final WasmModule module;
    private final Function<Instance, Machine> machines;
    private final long budget;
    private final ArrayBlockingQueue<Evaluator> idle;

    private OwnRules(WasmModule module, Function<Instance, Machine> machines, Duration budget, int evaluators) {
        this.module = module;
        this.machines = machines;
        this.budget = budget.toNanos();
        idle = new ArrayBlockingQueue<>(evaluators);
        for (var i = 0; i < evaluators; i++) {
            idle.add(evaluator());
        }
    }

    /// Translates the modules and starts their evaluators. Takes about a second: never on an event loop.
    ///
    /// @param budget how long one evaluation may take, besides reading its input
    /// @param evaluators how many threads ask at once without waiting; one for each event loop
    /// @throws IllegalArgumentException when this is no such program; the message says why
    public static OwnRules load(CompiledRego program, Duration budget, int evaluators) {
        try {
            var module = Parser.parse(program.wasm());
            return new OwnRules(module, MachineFactoryCompiler.compile(module), budget, evaluators);
        } catch (ChicoryException | NoAnswer | IllegalStateException | StackOverflowError e) {
            throw new IllegalArgumentException(
                    "compiled modules: " + e.getMessage() + " (expected: what opa build --target wasm makes)", e);
        }
    }

    /// Asks them what they will be asked about the routes of `document`, so that the JIT compiler takes
    /// notice. Takes tenths of a second, and seconds on a machine that is busy.
    ///
    /// @throws IllegalArgumentException when they do not answer at all
    public void warmUp(PolicyDocument document) {
        var trial = new OwnTrial(this, document);
        trial.warmUp(NANOS_TO_WARM);
    }

    /// What of these inputs, and of the usual ones about the document's routes, takes longer than the
    /// budget even at its best.
    ///
    /// @return a sentence about the slowest; empty when all is well
    public Optional<String> overBudget(PolicyDocument document, List<PolicyInput> recorded) {
        return new OwnTrial(this, document).overBudget(recorded);
    }

    /// What the modules say to one input.
    ///
    /// @throws RuntimeException when they do not answer, or not in time
    OwnAnswer ask(byte[] input) {
        return ask(input, allowed(input));
    }

    /// The budget with what reading this input may take.
    long allowed(byte[] input) {
        return budget + input.length * NANOS_FOR_EACH_BYTE;
    }

    /// The same with another budget.
    OwnAnswer ask(byte[] input, long nanos) {
        var evaluator = idle.poll();
        if (evaluator == null) {
            throw new NoAnswer("every evaluator of the organization's own rules is busy");
        }
        var answered = false;
        try {
            var answer = Watchdog.shared().within(nanos, () -> evaluator.evaluate(input));
            answered = true;
            return OwnAnswer.read(answer);
        } finally {
            if (answered) {
                idle.add(evaluator);
            } else {
                Thread.startVirtualThread(() -> Replacement.of(this::evaluator, idle));
            }
        }
    }

    Duration budget() {
        return Duration.ofNanos(budget);
    }

    private Evaluator evaluator() {
        return Watchdog.shared().within(NANOS_TO_START, () -> {
            var evaluator = new Evaluator(module, machines, NO_DATA, MOST_PAGES);
            evaluator.requireEntryPoint(CompiledRego.ENTRY_POINT);
            return evaluator;
        });
    }
}
