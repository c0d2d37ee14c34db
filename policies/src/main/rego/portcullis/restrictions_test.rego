package portcullis.restrictions_test

import data.portcullis.restrictions

refuses(restriction, more, subject) if {
	restrictions.refuses(object.union({"restriction": restriction}, more), subject) with input as object.union({"client": {"address": "a", "networks": ["n"]}, "question": "toolCall"}, subject)
}

because(restriction, more, subject) := facts if {
	facts := restrictions.because(object.union({"restriction": restriction}, more), subject) with input as object.union({"client": {"address": "a", "networks": ["n"]}, "question": "toolCall"}, subject)
}

named(names) := {"exact": {name: true | some name in names}, "affixes": [], "inside": [], "patterns": []}

tool(name, class) := {"tool": {"name": name, "class": class, "executes": class == "execute", "review": "new"}}

test_deny_refuses_all if refuses("deny", {}, {})

test_read_only if {
	refuses("readOnly", {}, tool("t", "write"))
	not refuses("readOnly", {}, tool("t", "read"))
	refuses("readOnly", {}, {"method": "tasks/update"})
	not refuses("readOnly", {}, {"method": "tasks/get"})
	because("readOnly", {}, tool("t", "write")) == ["write"]
}

test_allowed_actions if {
	running := object.union(tool("t", "execute"), {"action": {"identifiers": ["x", "y"], "certain": true}})
	refuses("allowedActions", {"values": {"x": true}}, running)
	because("allowedActions", {"values": {"x": true}}, running) == ["y"]
	not refuses("allowedActions", {"values": {"x": true, "y": true}}, running)
	refuses("allowedActions", {"values": {}}, running)
	refuses("allowedActions", {"values": {"x": true}}, tool("t", "execute"))
	not refuses("allowedActions", {"values": {}}, tool("t", "read"))
}

test_tools if {
	refuses("allowedTools", {"values": named(["a"])}, tool("b", "read"))
	not refuses("allowedTools", {"values": named(["a"])}, tool("a", "read"))
	not refuses("allowedTools", {"values": named(["a"])}, {"method": "ping"})
	refuses("deniedTools", {"values": named(["a"])}, tool("a", "read"))
	because("deniedTools", {"values": named(["a"])}, tool("a", "read")) == ["a"]
}

test_pinned_tools if {
	refuses("pinnedTools", {}, tool("t", "read"))
	not refuses("pinnedTools", {}, {"tool": {"name": "t", "review": "accepted"}})
	not refuses("pinnedTools", {}, {"method": "ping"})
}

test_networks if {
	refuses("allowedNetworks", {"values": {"m": true}}, {})
	not refuses("allowedNetworks", {"values": {"n": true}}, {})
	because("allowedNetworks", {"values": {"m": true}}, {}) == ["a"]
}

reaching(name) := {"domains": [{"name": name, "parents": ["example"]}], "domainsCertain": true}

listed := {"values": {"exact": {"a.example": true}, "under": {}}}

test_domains if {
	refuses("allowedDomains", listed, reaching("b.example"))
	not refuses("allowedDomains", listed, reaching("a.example"))
	refuses("blockedDomains", listed, reaching("a.example"))
	not refuses("blockedDomains", listed, reaching("b.example"))
	because("blockedDomains", listed, reaching("a.example")) == ["a.example"]
	because("allowedDomains", listed, reaching("b.example")) == ["b.example"]
}

test_upstream_counts_as_reached if {
	refuses("allowedDomains", listed, {"route": {"domain": {"name": "b.example", "parents": ["example"]}}})
}

test_domains_in_doubt_are_refused if {
	refuses("allowedDomains", listed, {"domains": [], "domainsCertain": false})
	refuses("blockedDomains", listed, {"domains": [], "domainsCertain": false})
	not refuses("allowedDomains", listed, {"domains": [], "domainsCertain": true})
}

denial(subject) := said if {
	said := restrictions.denial({"restriction": "blockedDomains", "denial": {"rule": "r"}}, subject)
}

test_doubt_is_said if {
	denial({"domains": [], "domainsCertain": false}) == {"rule": "r", "inDoubt": true}
	denial(reaching("a.example")) == {"rule": "r"}
	because("allowedDomains", listed, {
		"domains": [],
		"domainsCertain": false,
		"domainsInDoubt": ["https:x.org"],
	}) == ["in doubt: https:x.org"]
}
