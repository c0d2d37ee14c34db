# What of a list may be seen: the tools that a call could use, as far as that can be said without the call's arguments,
# the prompts and resources that could be read, and the methods that a message could have, as far as that can be said
# without its parameters.
package portcullis.lists

import data.portcullis.conditions
import data.portcullis.kills
import data.portcullis.organization
import data.portcullis.restrictions
import data.portcullis.wishes

default visible := []

visible := [tool.name |
	some tool in input.tools
	not hidden(tool)
] if {
	input.question == "toolList"
}

visible := [prompt |
	some prompt in input.prompts
	not closed({"method": "prompts/get", "prompt": prompt})
] if {
	input.question == "promptList"
}

visible := [resource.uri |
	some resource in input.resources
	not closed(object.union(resource, {"method": "resources/read", "uris": [resource.uri]}))
] if {
	input.question == "resourceList"
}

visible := [method |
	some method in input.methods
	not barred(method)
] if {
	input.question == "methods"
}

# What an entry of the list is good for.
purpose := {"toolList": "tools/call", "promptList": "prompts/get", "resourceList": "resources/read"}[input.question]

index := data.published.routes[input.route.name].call if input.question == "toolList"

index := data.published.routes[input.route.name].message if input.question in {"promptList", "resourceList", "methods"}

# The enforced rules about this caller that are not about single tools, prompts or methods: the same for every entry.
general contains number if {
	some number in index.rest
	concerns(number)
}

general contains number if {
	some number in index.callers[input.caller.subject]
	concerns(number)
}

general contains number if {
	some group in input.caller.groups
	some number in index.groups[group]
	concerns(number)
}

general contains number if {
	some number in index.methods[purpose]
	concerns(number)
}

concerns(number) if {
	rule := data.published.rules[number]
	rule.mode == "enforce"
	conditions.who_matches(rule.match.who)
}

hidden(tool) if {
	some number in general
	hides(data.published.rules[number], {"method": "tools/call", "tool": tool})
}

hidden(tool) if {
	some number in index.tools[tool.name]
	concerns(number)
	hides(data.published.rules[number], {"method": "tools/call", "tool": tool})
}

hidden(tool) if {
	some wish in wishes.rules
	restrictions.refuses(wish, {"method": "tools/call", "tool": tool})
}

hidden(tool) if count(kills.denials({"method": "tools/call", "tool": tool})) > 0

hidden(tool) if organization.denies({"question": "toolCall", "method": "tools/call", "tool": tool})

# A tool that some call could use is shown, though other calls of it are refused.
hides(rule, subject) if {
	conditions.what_matches(rule.match.what, subject)
	not conditions.may_be_excepted(rule, subject)
	restrictions.refuses(rule, subject)
}

# A prompt or a resource is all that a request for it says.
closed(subject) if {
	some number in general
	closes(data.published.rules[number], subject)
}

closed(subject) if {
	some number in index.prompts[subject.prompt]
	concerns(number)
	closes(data.published.rules[number], subject)
}

closed(subject) if organization.denies(object.union(subject, {"question": "message"}))

closes(rule, subject) if {
	conditions.what_matches(rule.match.what, subject)
	not conditions.excepted(rule, subject)
	restrictions.refuses(rule, subject)
}

barred(method) if {
	some number in general
	bars(data.published.rules[number], {"method": method})
}

barred(method) if {
	some number in index.methods[method]
	concerns(number)
	bars(data.published.rules[number], {"method": method})
}

barred(method) if {
	some wish in wishes.rules
	restrictions.refuses(wish, {"method": method})
}

barred(method) if organization.denies({"question": "message", "method": method})

# Whether the rule refuses every message with this method, whatever its parameters.
bars(rule, subject) if {
	conditions.what_matches(rule.match.what, subject)
	not conditions.may_be_excepted(rule, subject)
	restrictions.refuses(rule, subject)
}
