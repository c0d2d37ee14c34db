package dev.portcullis.standalone.doctor;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/// Looks the name up as clients on this machine do.
final class NameCheck {
    private final Target target;
    private final Duration patience;

    NameCheck(Target target, Duration patience) {
        this.target = target;
        this.patience = patience;
    }

    /// @param usable the addresses that can be connected to; none when there is a problem
    record Result(List<InetAddress> usable, Finding finding) {}

    Result run() {
        try {
            var addresses = CompletableFuture.supplyAsync(this::look, Thread::startVirtualThread)
                    .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
            return judged(addresses);
        } catch (CompletionException e) {
            return new Result(List.of(), trouble(e.getCause() == null ? e : e.getCause()));
        }
    }

    private List<InetAddress> look() {
        try {
            return Arrays.asList(InetAddress.getAllByName(target.host()));
        } catch (UnknownHostException e) {
            throw new CompletionException(e);
        }
    }

    private Result judged(List<InetAddress> addresses) {
        var usable = addresses.stream().filter(NameCheck::isUsable).toList();
        if (usable.isEmpty()) {
            return new Result(
                    usable,
                    Finding.problem(
                            Code.NAME_UNUSABLE,
                            "The name " + target.host() + " leads to " + texts(addresses)
                                    + ", where nobody can be connected to.",
                            "A DNS filter or blocker answers so: ask for the name to be let through, or try another"
                                    + " network."));
        }
        return new Result(
                usable,
                Finding.ok(
                        Code.NAME_FOUND,
                        target.isAddress()
                                ? target.host() + " is an address; there is no name to look up."
                                : "The name " + target.host() + " leads to " + texts(usable) + "."));
    }

    private Finding trouble(Throwable trouble) {
        var isUnanswered = trouble instanceof TimeoutException
                || String.valueOf(trouble.getMessage()).contains("Temporary failure");
        return isUnanswered
                ? Finding.problem(
                        Code.NAME_NOT_ANSWERED,
                        "This machine's DNS does not answer, so " + target.host() + " cannot be found.",
                        "Check the network connection, the VPN, and which DNS servers this machine uses.")
                : Finding.problem(
                        Code.NAME_UNKNOWN,
                        "The name " + target.host() + " is not known to this machine's DNS.",
                        "Check the spelling, switch on the VPN, or have the name published in your DNS.");
    }

    private static boolean isUsable(InetAddress address) {
        return !address.isAnyLocalAddress() && !address.isMulticastAddress();
    }

    private static String texts(List<InetAddress> addresses) {
        return addresses.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(", "));
    }
}
