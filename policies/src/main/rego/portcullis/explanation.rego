# The same policy, asked why: every rule with whether it was about the request, and what it refused.
package portcullis

import data.portcullis.conditions
import data.portcullis.restrictions

# entrypoint: the decision, and every rule's part in it
explanation := {
	"decision": decision,
	"rules": [explained(data.published.rules[id]) | some id in data.published.order],
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
}

# Whether this kind of question is put to the rule at all.
default asked(_) := false

asked(rule) if rule.denial.rule in candidates

default excepted(_) := false

excepted(rule) if conditions.excepted(rule, input)

default refuses(_) := false

refuses(rule) if {
	asked(rule)
	conditions.applies(rule, input)
	restrictions.refuses(rule, input)
}
