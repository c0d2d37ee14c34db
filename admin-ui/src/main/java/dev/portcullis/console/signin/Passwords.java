package dev.portcullis.console.signin;

import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.crypto.password.Pbkdf2PasswordEncoder;
import org.springframework.security.crypto.password.Pbkdf2PasswordEncoder.SecretKeyFactoryAlgorithm;

import java.security.SecureRandom;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// How passwords are stored, and what a new one must be.
public final class Passwords {
    /// The shortest password an admin may choose (NIST SP 800-63B, section 3.1.1.2: length, not
    /// character classes).
    public static final int MINIMUM_LENGTH = 12;

    /// Longer ones are refused, so that hashing cannot be made expensive.
    public static final int MAXIMUM_LENGTH = 256;

    private static final int SALT_BYTES = 16;
    private static final int ITERATIONS = 600_000;
    private static final int GROUPS = 5;
    private static final int GROUP_LENGTH = 5;

    /// Letters and digits that no font makes look alike.
    private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

    private Passwords() {}

    /// PBKDF2 with HMAC-SHA-256. The stored form names its algorithm, so that a later one can take
    /// over.
    public static PasswordEncoder encoder() {
        var pbkdf2 =
                new Pbkdf2PasswordEncoder("", SALT_BYTES, ITERATIONS, SecretKeyFactoryAlgorithm.PBKDF2WithHmacSHA256);
        return new DelegatingPasswordEncoder("pbkdf2", Map.of("pbkdf2", pbkdf2));
    }

    /// A password that can be read aloud: 25 characters, 123 bits.
    public static String random() {
        var random = new SecureRandom();
        return IntStream.range(0, GROUPS)
                .mapToObj(group -> random.ints(GROUP_LENGTH, 0, ALPHABET.length())
                        .mapToObj(ALPHABET::charAt)
                        .map(String::valueOf)
                        .collect(Collectors.joining()))
                .collect(Collectors.joining("-"));
    }
}
