# The kill switch: data like the rules, but outside the document.
package portcullis.kills

import data.portcullis.conditions
import data.portcullis.names

# In the order in which they were engaged.
denials(subject) := [kill.denial |
	count(indexes) > 0
	some number in sort(about(subject))
	kill := data.published.kills.items[number]
	conditions.what_matches(kill.what, subject)
]

about(subject) := {number |
	some numbers in [concerning, by_tool(subject)]
	some number in numbers
}

# A kill stands in the index of all routes, or in those of the routes that it names; in each under one kind of name.
indexes := array.concat(
	[index | index := data.published.kills.everywhere],
	[index | index := data.published.kills.routes[input.route.name]],
)

# Those that are about who asks, whatever they ask.
concerning contains number if {
	some index in indexes
	some number in index.rest
	obeyed(number)
}

concerning contains number if {
	some index in indexes
	some number in index.callers[input.caller.subject]
	obeyed(number)
}

concerning contains number if {
	some index in indexes
	some number in index.clients[input.client.name]
	obeyed(number)
}

concerning contains number if {
	some index in indexes
	some group in input.caller.groups
	some number in index.groups[group]
	obeyed(number)
}

by_tool(subject) := {number |
	some index in indexes
	some number in index.tools[subject.tool.name]
	obeyed(number)
}

# A kill stops who matches every key of its scope; a scope without keys is the whole organization.
obeyed(number) if {
	kill := data.published.kills.items[number]
	not expired(kill)
	conditions.who_matches(kill.who)
	not exempt(kill)
}

# Times have one fixed form, so their order is that of their texts.
expired(kill) if kill.until <= input.time

# Break-glass: only groups that the gateway itself has checked.
exempt(kill) if {
	input.caller.verified == true
	some group in input.caller.groups
	names.matches(kill.exempt, group)
}
