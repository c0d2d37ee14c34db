package dev.portcullis.standalone.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.standalone.process.CannotStart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

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

    @Test
    void takenPortNamesItsOption() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var port = new LocalPort("--console-port", taken.getLocalPort());
            assertThatThrownBy(() -> LocalPort.checkFree(List.of(new LocalPort("--proxy-port", 0), port)))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageStartingWith("Port " + port.number() + " cannot be used")
                    .hasMessageEndingWith("choose another with --console-port.");
        }
    }

    @Test
    void samePortTwiceIsRefused() {
        assertThatThrownBy(() -> LocalPort.checkFree(
                        List.of(new LocalPort("--proxy-port", 9), new LocalPort("--console-port", 9))))
                .isInstanceOf(CannotStart.class);
        LocalPort.checkFree(List.of(new LocalPort("--proxy-port", 0), new LocalPort("--console-port", 0)));
        assertThatThrownBy(() -> new LocalPort("--proxy-port", 65_536)).hasMessageContaining("0 to 65535");
    }
}
