package dev.portcullis.standalone.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.standalone.process.CannotStart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

class DataFolderTest {
    @TempDir
    private Path parent;

    @Test
    void newFolderIsForItsOwnerOnly() throws IOException {
        var folder = DataFolder.at(parent.resolve("a/b"));
        folder.prepare();
        assertThat(Files.getPosixFilePermissions(folder.root()))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        assertThat(folder.logFile().getParent()).isDirectory();
        folder.prepare();
    }

    @Test
    void folderThatCannotBeWrittenToIsOneSentence() throws IOException {
        var file = Files.writeString(parent.resolve("file"), "");
        var folder = DataFolder.at(file.resolve("data"));
        assertThatThrownBy(folder::prepare)
                .isInstanceOf(CannotStart.class)
                .hasMessageStartingWith("The data folder " + folder.root() + " cannot be written to")
                .hasMessageEndingWith("choose another one with --data.");
    }

    @Test
    void secondInstallationOnAFolderIsRefused() {
        var folder = DataFolder.at(parent);
        try (var first = FolderLock.acquire(folder)) {
            assertThat(first).isNotNull();
            assertThatThrownBy(() -> FolderLock.acquire(folder))
                    .isInstanceOf(CannotStart.class)
                    .hasMessage("Another `portcullis up` (process "
                            + ProcessHandle.current().pid() + ") runs on " + parent
                            + ": stop it first, or choose another folder with --data.");
        }
        FolderLock.acquire(folder).close();
    }
}
