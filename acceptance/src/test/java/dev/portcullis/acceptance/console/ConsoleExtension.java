package dev.portcullis.acceptance.console;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

import java.util.function.Supplier;

/// Starts the console when the first test asks for it. The root store closes it behind the last test of
/// all classes.
final class ConsoleExtension implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(ConsoleExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == LivedInConsole.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(Started.class, _ -> Started.now(), Started.class)
                .console();
    }

    /// One attempt to start it. When that fails, every test says why, and none tries again.
    private record Started(Supplier<LivedInConsole> result, Runnable end) implements AutoCloseable {
        static Started now() {
            try {
                var console = LivedInConsole.start();
                return new Started(() -> console, console::close);
            } catch (RuntimeException | Error e) {
                Supplier<LivedInConsole> failure = () -> {
                    throw e;
                };
                return new Started(failure, () -> {});
            }
        }

        LivedInConsole console() {
            return result.get();
        }

        @Override
        public void close() {
            end.run();
        }
    }
}
