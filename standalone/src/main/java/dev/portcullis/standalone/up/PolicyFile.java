package dev.portcullis.standalone.up;

import dev.portcullis.policy.document.DocumentProblem;
import dev.portcullis.policy.document.DocumentReader;
import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.policy.document.ReadResult;
import dev.portcullis.standalone.process.CannotStart;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/// A policy document in a file, read and found valid.
///
/// @param text as its author wrote it
/// @param warnings doubts that block nothing
public record PolicyFile(String text, PolicyDocument document, List<DocumentProblem> warnings) {
    public PolicyFile {
        warnings = List.copyOf(warnings);
    }

    /// @throws CannotStart with all its problems and their lines when it is not valid
    public static PolicyFile read(Path file) {
        var text = text(file);
        return switch (DocumentReader.read(text)) {
            case ReadResult.Valid valid -> new PolicyFile(text, valid.document(), valid.warnings());
            case ReadResult.Invalid invalid -> throw new CannotStart(message(file, invalid.errors()));
        };
    }

    /// The text of a policy file that may not be valid.
    public static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new CannotStart("There is no policy file " + file + ".", e);
        } catch (CharacterCodingException e) {
            throw new CannotStart("The policy file " + file + " is not UTF-8.", e);
        } catch (IOException e) {
            throw new CannotStart("The policy file " + file + " cannot be read: " + e + ".", e);
        }
    }

    private static String message(Path file, List<DocumentProblem> errors) {
        var message = new StringBuilder("The policy in " + file + " is not valid:");
        errors.forEach(error -> message.append("\n  ").append(error.describe()));
        return message.toString();
    }
}
