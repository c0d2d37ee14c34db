# What each restriction refuses of a request that its rule is about. There is nothing here that permits.
package portcullis.restrictions

import data.portcullis.names

refuses(rule, _) if rule.restriction == "deny"

refuses(rule, subject) if {
	rule.restriction == "readOnly"
	changes(subject)
}

refuses(rule, subject) if {
	rule.restriction == "allowedActions"
	subject.tool.executes
	runs_unlisted(rule.values, subject)
}

refuses(rule, subject) if {
	rule.restriction == "allowedTools"
	subject.tool
	not names.matches(rule.values, subject.tool.name)
}

refuses(rule, subject) if {
	rule.restriction == "deniedTools"
	names.matches(rule.values, subject.tool.name)
}

refuses(rule, subject) if {
	rule.restriction == "pinnedTools"
	subject.tool
	subject.tool.review != "accepted"
}

refuses(rule, _) if {
	rule.restriction == "allowedNetworks"
	not names.within(rule.values, input.client)
}

# Only restrictions of domains have this kind of values; the question costs every other rule next to nothing.
refuses(rule, subject) if {
	rule.values.under
	refuses_domains(rule, subject)
}

# In a list of tools no call reaches anywhere, so domains hide no tool.
refuses_domains(rule, subject) if {
	some domain in reached(subject)
	objectionable(rule, domain)
}

refuses_domains(rule, subject) if doubts(rule, subject)

# What could be read as a URL with another host is outside of every allow list, and may be inside of every block list.
doubts(rule, subject) if {
	rule.restriction in {"allowedDomains", "blockedDomains"}
	subject.domainsCertain == false
}

# What is said of a refusal.
denial(rule, subject) := object.union(rule.denial, {"inDoubt": true}) if {
	doubts(rule, subject)
} else := rule.denial

objectionable(rule, domain) if {
	rule.restriction == "allowedDomains"
	not names.listed(rule.values, domain)
}

objectionable(rule, domain) if {
	rule.restriction == "blockedDomains"
	names.listed(rule.values, domain)
}

reached(subject) := array.concat(
	[domain | some domain in subject.domains],
	[domain | domain := subject.route.domain],
)

changes(subject) if subject.tool.class != "read"

changes(subject) if subject.method in {"tasks/update", "tasks/cancel"}

# Nothing is listed: an executing tool is of no use, and is hidden.
runs_unlisted(listed, _) if count(listed) == 0

runs_unlisted(listed, subject) if {
	some identifier in subject.action.identifiers
	not listed[identifier]
}

# The identifier of a call is missing, is not a text, or is in doubt. In a list there is no call to doubt.
runs_unlisted(_, subject) if {
	input.question == "toolCall"
	not subject.action.certain
}

# What of a request a restriction does not accept, for people.
because(rule, subject) := array.concat(
	[class | rule.restriction == "readOnly"; class := subject.tool.class; class != "read"],
	array.concat(
		array.concat(because_of_action(rule, subject), because_of_place(rule, subject)),
		because_of_doubt(rule, subject),
	),
)

because_of_action(rule, subject) := array.concat(
	[identifier |
		rule.restriction == "allowedActions"
		some identifier in subject.action.identifiers
		not rule.values[identifier]
	],
	[subject.tool.name |
		rule.restriction in {"allowedTools", "deniedTools", "pinnedTools"}
		refuses(rule, subject)
	],
)

because_of_place(rule, subject) := array.concat(
	[input.client.address | rule.restriction == "allowedNetworks"; refuses(rule, subject)],
	[domain.name |
		rule.values.under
		some domain in reached(subject)
		objectionable(rule, domain)
	],
)

because_of_doubt(rule, subject) := [reason |
	doubts(rule, subject)
	some text in subject.domainsInDoubt
	reason := concat("", ["in doubt: ", text])
]
