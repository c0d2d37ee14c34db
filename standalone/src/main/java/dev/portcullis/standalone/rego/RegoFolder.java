package dev.portcullis.standalone.rego;

import dev.portcullis.policy.rego.RegoModule;
import dev.portcullis.policy.rego.RegoModules;
import dev.portcullis.standalone.process.CannotStart;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/// The `.rego` files of a folder and what is below it, without what is hidden.
public final class RegoFolder {
    private static final String ENDING = ".rego";

    private RegoFolder() {}

    /// All of them, named from the folder on.
    ///
    /// @throws CannotStart when it is no folder, has none, or cannot be read
    public static RegoModules read(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new CannotStart("There is no folder " + folder + " of Rego modules.");
        }
        var modules = new ArrayList<RegoModule>();
        for (var file : files(folder)) {
            if (file.getFileName().toString().endsWith(ENDING)) {
                modules.add(new RegoModule(name(folder, file), text(file)));
            }
        }
        if (modules.isEmpty()) {
            throw new CannotStart("There is no .rego file in " + folder + ".");
        }
        return new RegoModules(modules);
    }

    /// Every file of a folder that is not hidden, in the order of their names.
    static List<Path> files(Path folder) {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !isHidden(folder.relativize(file)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new CannotStart("The folder " + folder + " cannot be read: " + e + ".", e);
        }
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new CannotStart("The file " + file + " is not UTF-8.", e);
        } catch (IOException e) {
            throw new CannotStart("The file " + file + " cannot be read: " + e + ".", e);
        }
    }

    private static boolean isHidden(Path relative) {
        return StreamSupport.stream(relative.spliterator(), false)
                .anyMatch(part -> part.toString().startsWith("."));
    }

    /// With the separator of every system.
    private static String name(Path folder, Path file) {
        return String.join(
                "/",
                StreamSupport.stream(folder.relativize(file).spliterator(), false)
                        .map(Path::toString)
                        .toList());
    }
}
