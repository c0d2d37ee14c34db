package dev.portcullis.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Every link of the documents into this repository leads somewhere.
class DocumentLinksTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)(?:#[^)]*)?\\)");

    @TestFactory
    Stream<DynamicTest> everyLinkLeadsSomewhere() throws IOException {
        return documents()
                .map(document ->
                        DynamicTest.dynamicTest(ROOT.relativize(document).toString(), () -> {
                            var broken = new ArrayList<String>();
                            var links = LINK.matcher(Files.readString(document));
                            while (links.find()) {
                                var target = links.group(1);
                                if (!target.contains("://") && !Files.exists(document.resolveSibling(target))) {
                                    broken.add(target);
                                }
                            }
                            assertThat(broken).isEmpty();
                        }));
    }

    @Test
    void requestPathNamesTheClassesItLinksTo() throws IOException {
        var links = Pattern.compile("\\[(\\w+)]\\(([^)]+)\\.java\\)")
                .matcher(Files.readString(ROOT.resolve("docs/request-path.md")));
        var count = 0;
        while (links.find()) {
            assertThat(links.group(2)).endsWith("/" + links.group(1));
            count++;
        }
        assertThat(count).isGreaterThan(20);
    }

    private static Stream<Path> documents() throws IOException {
        var inDocs =
                Files.walk(ROOT.resolve("docs")).filter(file -> file.toString().endsWith(".md"));
        return Stream.concat(Stream.of(ROOT.resolve("README.md")), inDocs);
    }
}
