package dev.portcullis.standalone.command;

import dev.portcullis.standalone.process.CannotStart;
import dev.portcullis.standalone.up.PolicyFile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// The files that a command was given; `-` is standard input.
final class PolicyInputs {
    private static final String STANDARD_INPUT = "-";

    private PolicyInputs() {}

    /// A text and where it comes from.
    record Input(String name, String text) {
        boolean isStandardInput() {
            return name.equals(STANDARD_INPUT);
        }
    }

    static List<Input> all(List<Path> files) {
        return files.stream().map(PolicyInputs::one).toList();
    }

    static Input one(Path file) {
        var name = file.toString();
        return new Input(name, name.equals(STANDARD_INPUT) ? standardInput() : PolicyFile.text(file));
    }

    private static String standardInput() {
        try {
            return new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CannotStart("Standard input cannot be read: " + e + ".", e);
        }
    }
}
