package dev.portcullis.policy.document;

import dev.portcullis.policy.Glob;

import java.util.List;

/// What a rule refuses. There is nothing here that permits.
public sealed interface Restriction {

    /// The restriction's key in the document, which is also its name in denials.
    String key();

    /// Refuses every tool whose class is not `read`, and changes to tasks.
    record ReadOnly() implements Restriction {
        @Override
        public String key() {
            return "readOnly";
        }
    }

    /// Refuses calls that execute an action which is not listed; identifiers are compared exactly.
    record AllowedActions(List<String> actions) implements Restriction {
        public AllowedActions {
            actions = List.copyOf(actions);
        }

        @Override
        public String key() {
            return "allowedActions";
        }
    }

    /// Refuses tools that no pattern names, in lists and in calls.
    record AllowedTools(List<Glob> tools) implements Restriction {
        public AllowedTools {
            tools = List.copyOf(tools);
        }

        @Override
        public String key() {
            return "allowedTools";
        }
    }

    /// Refuses tools that a pattern names, in lists and in calls.
    record DeniedTools(List<Glob> tools) implements Restriction {
        public DeniedTools {
            tools = List.copyOf(tools);
        }

        @Override
        public String key() {
            return "deniedTools";
        }
    }

    /// Refuses requests from addresses outside all of the networks.
    record AllowedNetworks(List<Network> networks) implements Restriction {
        public AllowedNetworks {
            networks = List.copyOf(networks);
        }

        @Override
        public String key() {
            return "allowedNetworks";
        }
    }

    /// Refuses what reaches a host outside the domains, or may do so.
    record AllowedDomains(List<DomainPattern> domains) implements Restriction {
        public AllowedDomains {
            domains = List.copyOf(domains);
        }

        @Override
        public String key() {
            return "allowedDomains";
        }
    }

    /// Refuses what reaches a host inside the domains, or may do so.
    record BlockedDomains(List<DomainPattern> domains) implements Restriction {
        public BlockedDomains {
            domains = List.copyOf(domains);
        }

        @Override
        public String key() {
            return "blockedDomains";
        }
    }

    /// Refuses whatever the condition matches.
    record Deny() implements Restriction {
        @Override
        public String key() {
            return "deny";
        }
    }
}
