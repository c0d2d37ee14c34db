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
	rule.restriction == "allowedDomains"
	some domain in reached(subject)
	not names.listed(rule.values, domain)
}

refuses_domains(rule, subject) if {
	rule.restriction == "blockedDomains"
	some domain in reached(subject)
	names.listed(rule.values, domain)
}

refuses_domains(rule, subject) if {
	rule.restriction in {"allowedDomains", "blockedDomains"}
	subject.domainsCertain == false
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
