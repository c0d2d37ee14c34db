# The same policy, asked why: every rule with whether it was about the request, and what it refused.
package portcullis

import data.portcullis.conditions
import data.portcullis.restrictions

# entrypoint: the decision, and every rule's part in it
explanation := {
	"decision": decision,
	"rules": [explained(rule) | some rule in data.published.rules],
}

explained(rule) := {
	"rule": rule.denial.rule,
	"restriction": rule.restriction,
	"mode": rule.mode,
	"asked": asked(rule),
	"unmatched": array.concat(
		[key | some key, accepted in rule.match.who; not conditions.is(key, accepted)],
		[key | some key, accepted in rule.match.what; not conditions.asks(key, accepted, input)],
	),
	"excepted": excepted(rule),
	"refuses": refuses(rule),
	"because": because(rule),
}

# Whether this kind of question is put to the rule at all.
default asked(_) := false

asked(rule) if kind in rule.asked

kind := "connection" if input.question in {"connection", "methods"}

kind := "message" if input.question in {"message", "toolList", "promptList", "resourceList"}

kind := "call" if input.question == "toolCall"

default excepted(_) := false

excepted(rule) if conditions.excepted(rule, input)

default refuses(_) := false

refuses(rule) if {
	asked(rule)
	conditions.applies(rule, input)
	restrictions.refuses(rule, input)
}

# What of the request it refuses, or would refuse if it were about it.
because(rule) := [fact |
	asked(rule)
	some fact in restrictions.because(rule, input)
]
