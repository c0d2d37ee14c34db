# Whether a rule is about a request: its `match`, minus its `except`.
#
# A condition is published in two parts. `who` (routes, groups, callers, clients, networks, time) is the same for
# everything one request asks; `what` (methods, tools, classes, actions, prompts, uris, arguments) is asked of each entry
# of a list. A key whose subject the request does not have is undefined here, and so does not match.
package portcullis.conditions

import data.portcullis.names

applies(rule, subject) if {
	who_matches(rule.match.who)
	what_matches(rule.match.what, subject)
	not excepted(rule, subject)
}

excepted(rule, subject) if {
	who_matches(rule.except.who)
	what_excepts(rule.except.what, subject)
}

who_matches(who) if {
	every key, accepted in who {
		is(key, accepted)
	}
}

what_matches(what, subject) if {
	every key, accepted in what {
		asks(key, accepted, subject)
	}
}

# An exception widens, so every action and every URI that a request names has to be excepted, and there must be no doubt
# about them.
what_excepts(what, subject) if {
	what_matches(what, subject)
	not doubtful(what, subject)
}

doubtful(what, subject) if {
	what.actions
	not subject.action.certain
}

doubtful(what, subject) if {
	what.actions
	some identifier in subject.action.identifiers
	not names.matches(what.actions, identifier)
}

doubtful(what, subject) if {
	what.uris
	some uri in subject.uris
	not names.matches(what.uris, uri)
}

# Whether the exception could hold for some request with this method or for some call of this tool, whose parameters are
# not known yet.
may_be_excepted(rule, subject) if {
	who_matches(rule.except.who)
	every key, accepted in rule.except.what {
		may_ask(key, accepted, subject)
	}
}

may_ask("methods", accepted, subject) if names.matches(accepted, subject.method)

may_ask("uris", _, _)

may_ask("prompts", _, subject) if subject.method == "prompts/get"

may_ask("arguments", _, subject) if subject.method == "tools/call"

# Of a tool that is known, the rest can be said now.
may_ask("actions", _, subject) if subject.tool.executes

may_ask(key, accepted, subject) if {
	key in {"tools", "classes"}
	asks(key, accepted, subject)
}

may_ask(key, _, subject) if {
	key in {"tools", "classes", "actions"}
	subject.method == "tools/call"
	not subject.tool
}

is("routes", accepted) if accepted[input.route.name]

is("groups", accepted) if {
	some group in input.caller.groups
	names.matches(accepted, group)
}

is("callers", accepted) if names.matches(accepted, input.caller.subject)

is("clients", accepted) if names.matches(accepted, input.client.name)

is("networks", accepted) if names.within(accepted, input.client)

is("time", window) if input.times[window]

asks("methods", accepted, subject) if names.matches(accepted, subject.method)

asks("tools", accepted, subject) if names.matches(accepted, subject.tool.name)

asks("classes", accepted, subject) if accepted[subject.tool.class]

asks("actions", accepted, subject) if {
	some identifier in subject.action.identifiers
	names.matches(accepted, identifier)
}

asks("uris", accepted, subject) if {
	some uri in subject.uris
	names.matches(accepted, uri)
}

asks("prompts", accepted, subject) if names.matches(accepted, subject.prompt)

# What the tests say of the arguments is found out before; here they only have to hold, all of them.
asks("arguments", tests, subject) if {
	count(tests) > 0
	every test in tests {
		subject.argumentTests[test]
	}
}
