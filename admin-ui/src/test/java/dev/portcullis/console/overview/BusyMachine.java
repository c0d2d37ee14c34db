package dev.portcullis.console.overview;

import java.lang.management.ManagementFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// How much longer something takes now than it would if nobody else used the machine: what a computation takes by the
/// clock, for each second of a processor that it got.
final class BusyMachine {
    private static final int ROUNDS = 40;
    private static final byte[] DIGESTED = new byte[1 << 20];

    private BusyMachine() {}

    /// From 1.
    static double factor() {
        var threads = ManagementFactory.getThreadMXBean();
        var began = System.nanoTime();
        var worked = threads.getCurrentThreadCpuTime();
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var i = 0; i < ROUNDS; i++) {
                digest.update(DIGESTED);
            }
            digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        var took = (double) (System.nanoTime() - began);
        return Math.max(1, took / Math.max(1, threads.getCurrentThreadCpuTime() - worked));
    }
}
