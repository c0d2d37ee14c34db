package dev.portcullis.codegen;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.flywaydb.core.Flyway;
import org.jooq.codegen.GenerationTool;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.Generate;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Jdbc;
import org.jooq.meta.jaxb.SchemaMappingType;
import org.jooq.meta.jaxb.Target;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// Generates jOOQ classes from Flyway migrations, by running the migrations on a real PostgreSQL.
///
/// A fingerprint of the SQL is kept beside the generated classes, so that an unchanged schema costs
/// nothing.
public final class GenerateTables {
    private static final String GENERATOR_EDITION = "3";

    private GenerateTables() {}

    /// @param arguments the folder of migrations, the folder to write to, the Java package
    public static void main(String[] arguments) throws Exception {
        var migrations = Path.of(arguments[0]);
        var target = Path.of(arguments[1]);
        var fingerprint = fingerprint(migrations);
        var marker = target.resolve("fingerprint");
        if (Files.exists(marker) && Files.readString(marker).equals(fingerprint)) {
            return;
        }
        try (var postgres = EmbeddedPostgres.builder().start()) {
            Flyway.configure()
                    .dataSource(postgres.getPostgresDatabase())
                    .locations("filesystem:" + migrations)
                    .load()
                    .migrate();
            generate(postgres.getJdbcUrl("postgres", "postgres"), target, arguments[2]);
        }
        Files.writeString(marker, fingerprint);
    }

    private static void generate(String url, Path target, String packageName) throws Exception {
        GenerationTool.generate(new Configuration()
                .withJdbc(new Jdbc()
                        .withDriver("org.postgresql.Driver")
                        .withUrl(url)
                        .withUser("postgres"))
                .withGenerator(new Generator()
                        .withDatabase(
                                new Database()
                                        .withName("org.jooq.meta.postgres.PostgresDatabase")
                                        .withSchemata(
                                                new SchemaMappingType().withInputSchema("audit"),
                                                new SchemaMappingType().withInputSchema("gateway"))
                                        .withExcludes(
                                                "announce_change|refuse_change.*|add_partition|parts|lock_parts|make_parts?|has_part|drop_part|exchanges_elsewhen|exchanges_\\d.*"))
                        .withGenerate(new Generate()
                                .withJavaTimeTypes(true)
                                .withGeneratedAnnotation(true)
                                .withGeneratedAnnotationDate(false)
                                .withComments(false))
                        .withTarget(new Target().withPackageName(packageName).withDirectory(target.toString()))));
    }

    private static String fingerprint(Path migrations) throws IOException, NoSuchAlgorithmException {
        var digest = MessageDigest.getInstance("SHA-256");
        digest.update(GENERATOR_EDITION.getBytes(StandardCharsets.UTF_8));
        List<Path> scripts;
        try (var files = Files.list(migrations)) {
            scripts = files.sorted().toList();
        }
        for (var script : scripts) {
            digest.update(script.getFileName().toString().getBytes(StandardCharsets.UTF_8));
            digest.update(Files.readAllBytes(script));
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
