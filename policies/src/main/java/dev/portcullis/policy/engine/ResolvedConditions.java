package dev.portcullis.policy.engine;

import dev.portcullis.policy.document.ArgumentPointer;
import dev.portcullis.policy.document.ArgumentTest;
import dev.portcullis.policy.document.Condition;
import dev.portcullis.policy.document.Network;
import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.policy.document.Restriction;
import dev.portcullis.policy.document.Rule;
import dev.portcullis.policy.document.TimeWindow;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The conditions of a document that take a calendar, a parser or arithmetic, answered before the policy
/// is asked, so that every engine sees the same answers.
///
/// A condition is named by its own text: data and input need no other agreement than the document.
/// Immutable; used by many threads.
final class ResolvedConditions {
    private final Set<TimeWindow> windows;
    private final List<Integer> ipv4Prefixes;
    private final List<Integer> ipv6Prefixes;
    private final ArgumentTests arguments;

    ResolvedConditions(PolicyDocument document) {
        windows = new LinkedHashSet<>();
        var networks = new LinkedHashSet<Network>();
        var tests = ArgumentTests.builder();
        for (var rule : document.rules()) {
            conditions(rule).forEach(condition -> {
                condition.time().ifPresent(windows::add);
                condition.networks().ifPresent(networks::addAll);
            });
            if (rule.restriction() instanceof Restriction.AllowedNetworks(var allowed)) {
                networks.addAll(allowed);
            }
            rule.match().arguments().ifPresent(tests::matching);
            rule.except().flatMap(Condition::arguments).ifPresent(tests::excepting);
        }
        ipv4Prefixes = prefixes(networks, true);
        ipv6Prefixes = prefixes(networks, false);
        arguments = tests.build();
    }

    /// The name of a window in data and input.
    static String nameOf(TimeWindow window) {
        return window.toString();
    }

    /// The names of the windows that are open.
    List<String> openAt(Instant time) {
        return windows.stream()
                .filter(window -> window.contains(time))
                .map(ResolvedConditions::nameOf)
                .toList();
    }

    /// The networks that an address is in, of the sizes that the document has networks of.
    List<String> networksOf(InetAddress address) {
        var prefixes = address instanceof Inet4Address ? ipv4Prefixes : ipv6Prefixes;
        return prefixes.stream()
                .map(prefix -> Network.around(address, prefix).toString())
                .toList();
    }

    /// The tests of arguments, by what they are found at.
    ArgumentTests arguments() {
        return arguments;
    }

    /// The name of a test in data and input.
    ///
    /// @param exact whether it is an exception, which holds only where there is no doubt
    static String nameOf(ArgumentPointer pointer, ArgumentTest test, boolean exact) {
        return pointer + (exact ? " is exactly " : " is ") + test;
    }

    private static Stream<Condition> conditions(Rule rule) {
        return Stream.concat(Stream.of(rule.match()), rule.except().stream());
    }

    private static List<Integer> prefixes(Set<Network> networks, boolean ipv4) {
        return networks.stream()
                .filter(network -> network.address() instanceof Inet4Address == ipv4)
                .map(Network::prefix)
                .distinct()
                .sorted(Comparator.naturalOrder())
                .toList();
    }
}
