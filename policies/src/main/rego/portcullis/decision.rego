# The policy: one request in, one decision out.
#
# The document is published as `data.published`, indexed by route, by kind of question and by what rules are about, so that
# a decision looks only at rules that can matter to it. A rule refuses or is silent; what no rule, wish or kill refuses is allowed.
package portcullis

import data.portcullis.conditions
import data.portcullis.kills
import data.portcullis.lists
import data.portcullis.organization
import data.portcullis.restrictions
import data.portcullis.wishes

default allow := false

# entrypoint: everything the gateway needs to know about one request
decision := {
	"allow": allow,
	"denials": denials,
	"limits": limits,
	"observed": observed,
	"policyVersion": data.published.version,
	"redact": redact,
	"results": results,
	"upstream": upstream,
	"visible": lists.visible,
}

allow if {
	route
	count(denials) == 0
}

route := data.published.routes[input.route.name]

rules := data.published.rules

# The rules that may be about this question, found by what it is about: by one key of theirs that names exactly what they
# are about, and the rest of them.
index := route.connection if input.question in {"connection", "methods"}

index := route.message if input.question in {"message", "toolList", "promptList", "resourceList"}

index := route.call if input.question == "toolCall"

applying contains number if {
	some number in index.rest
	conditions.applies(rules[number], input)
}

applying contains number if {
	some number in index.callers[input.caller.subject]
	conditions.applies(rules[number], input)
}

applying contains number if {
	some group in input.caller.groups
	some number in index.groups[group]
	conditions.applies(rules[number], input)
}

applying contains number if {
	some number in index.methods[input.method]
	conditions.applies(rules[number], input)
}

applying contains number if {
	some number in index.prompts[input.prompt]
	conditions.applies(rules[number], input)
}

applying contains number if {
	some number in index.tools[input.tool.name]
	conditions.applies(rules[number], input)
}

applying contains number if {
	some identifier in input.action.identifiers
	some number in index.actions[identifier]
	conditions.applies(rules[number], input)
}

enforced := {number | some number in applying; rules[number].mode == "enforce"}

denials := array.concat(
	array.concat(kills.denials(input), denials_of(enforced)),
	array.concat([wish.denial | some wish in wishes.rules; restrictions.refuses(wish, input)], organization.denials),
)

observed := denials_of({number | some number in applying; rules[number].mode == "observe"})

# In the order of the document.
denials_of(numbers) := [restrictions.denial(rules[number], input) |
	some number in sort({number | some number in numbers; restrictions.refuses(rules[number], input)})
]

# What a call counts against, once nothing else refuses it.
limits := [{"mode": rule.mode, "denial": rule.denial} |
	input.question == "toolCall"
	some number in sort({number | some number in applying; rules[number].restriction == "limit"})
	rule := rules[number]
]

# What the record of a call is to keep, whatever becomes of the call.
about_records := sort({number |
	some number in enforced
	rules[number].restriction in {"redact", "recordResult"}
})

redact := [object.union(rule.values, {"rule": rule.denial.rule}) |
	some number in about_records
	rule := rules[number]
	rule.restriction == "redact"
]

results := [{"rule": rule.denial.rule, "maxBytes": rule.values.maxBytes} |
	some number in about_records
	rule := rules[number]
	rule.restriction == "recordResult"
]

# What the upstream is told, where its profile says that it listens. A rule with exceptions for single tools or actions
# says nothing about a request that names none.
default upstream := {}

upstream := {"readOnly": upstream_read_only} if {
	route.controlHeaders
	count(action_lists) == 0
}

upstream := {"readOnly": upstream_read_only, "allowedActions": upstream_actions} if {
	route.controlHeaders
	count(action_lists) > 0
}

binding := array.concat([rule | some number in enforced; rule := rules[number]; binds(rule)], wishes.rules)

binds(_) if input.question == "toolCall"

binds(rule) if not rule.exceptsTools

default upstream_read_only := false

upstream_read_only if {
	some rule in binding
	rule.restriction == "readOnly"
}

action_lists := [rule.values |
	some rule in binding
	rule.restriction == "allowedActions"
]

upstream_actions := sort([action |
	some action, _ in action_lists[0]
	every list in action_lists {
		list[action]
	}
])
