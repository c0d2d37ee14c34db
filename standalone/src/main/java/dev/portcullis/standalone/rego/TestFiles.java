package dev.portcullis.standalone.rego;

import dev.portcullis.policy.rego.RegoModule;
import dev.portcullis.policy.rego.RegoModules;
import dev.portcullis.standalone.process.CannotStart;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// What `policy test` finds in the folders and files it is given.
///
/// @param modules all Rego, with its tests
/// @param scenarios the YAML files that are scenarios; in a folder those with `cases`
public record TestFiles(RegoModules modules, List<Path> scenarios) {
    private static final Pattern CASES = Pattern.compile("(?m)^\"?cases\"?:");
    private static final String REGO = ".rego";

    public TestFiles {
        scenarios = List.copyOf(scenarios);
    }

    /// @throws CannotStart when something is not there, or there is nothing to test
    public static TestFiles find(List<Path> places) {
        var modules = new ArrayList<RegoModule>();
        var scenarios = new ArrayList<Path>();
        for (var place : places) {
            if (Files.isDirectory(place)) {
                var files = RegoFolder.files(place);
                if (files.stream().anyMatch(TestFiles::isRego)) {
                    modules.addAll(RegoFolder.read(place).modules());
                }
                files.stream().filter(TestFiles::isScenario).forEach(scenarios::add);
            } else if (Files.isRegularFile(place) && isRego(place)) {
                modules.add(new RegoModule(place.getFileName().toString(), RegoFolder.text(place)));
            } else if (Files.isRegularFile(place)) {
                scenarios.add(place);
            } else {
                throw new CannotStart("There is no file or folder " + place + ".");
            }
        }
        if (modules.isEmpty() && scenarios.isEmpty()) {
            throw new CannotStart("There is nothing to test: no .rego file and no YAML file with cases.");
        }
        return new TestFiles(new RegoModules(modules), scenarios);
    }

    private static boolean isRego(Path file) {
        return file.toString().endsWith(REGO);
    }

    private static boolean isScenario(Path file) {
        var name = file.toString();
        return (name.endsWith(".yaml") || name.endsWith(".yml"))
                && CASES.matcher(RegoFolder.text(file)).find();
    }
}
