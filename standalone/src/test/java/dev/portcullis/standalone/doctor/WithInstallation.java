package dev.portcullis.standalone.doctor;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Hands tests the one [TestInstallation] of this JVM, which is started for the first and closed after
/// the last of them.
final class WithInstallation implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == TestInstallation.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        return test.getRoot()
                .getStore(Namespace.create(WithInstallation.class))
                .computeIfAbsent(TestInstallation.class, any -> start(), TestInstallation.class);
    }

    private static TestInstallation start() {
        try {
            return new TestInstallation();
        } catch (Exception e) {
            throw new IllegalStateException("the installation cannot start", e);
        }
    }
}
