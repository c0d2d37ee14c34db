# The policy: one request in, one decision out.
#
# The document is published as `data.published`, indexed by route and by kind of question, so that a decision looks only
# at rules that can matter to it. A rule refuses or is silent; what no rule, wish or kill refuses is allowed.
package portcullis

import data.portcullis.conditions
import data.portcullis.kills
import data.portcullis.restrictions

default allow := false

# entrypoint: everything the gateway needs to know about one request
decision := {
	"allow": allow,
	"denials": denials,
	"observed": observed,
	"upstream": upstream,
	"visible": visible,
}

allow if {
	route
	count(denials) == 0
}

route := data.published.routes[input.route.name]

# The rules that may be about this question.
candidates := route.connection if input.question in {"connection", "methods"}

candidates := route.message if input.question in {"message", "toolList"}

candidates := route.call if input.question == "toolCall"

applying := [rule |
	some id in candidates
	rule := data.published.rules[id]
	conditions.applies(rule, input)
]

denials := array.concat(kills.denials(input), [rule.denial |
	some rule in array.concat(enforced(applying), wishes)
	restrictions.refuses(rule, input)
])

observed := [rule.denial |
	some rule in applying
	rule.mode == "observe"
	restrictions.refuses(rule, input)
]

enforced(rules) := [rule | some rule in rules; rule.mode == "enforce"]

# A client's control headers are two more restrictions, about every request that carries them.
wishes := array.concat(
	[wish |
		input.wishes.readOnly
		wish := {
			"restriction": "readOnly",
			"denial": {"rule": "client:x-read-only-mode", "restriction": "readOnly"},
		}
	],
	[wish |
		actions := input.wishes.allowedActions
		wish := {
			"restriction": "allowedActions",
			"values": {action: true | some action in actions},
			"denial": {"rule": "client:x-allowed-actions-to-run", "restriction": "allowedActions"},
		}
	],
)

# A list shows the tools that a call could use, as far as that can be said without the call's arguments, and the methods
# that a message could have, as far as that can be said without its parameters.
visible := array.concat(
	[tool.name |
		some tool in input.tools
		not hidden(tool)
	],
	[method |
		some method in input.methods
		not barred(method)
	],
)

hidden(tool) if {
	subject := {"method": "tools/call", "tool": tool}
	some rule in listing
	conditions.applies(rule, subject)
	restrictions.refuses(rule, subject)
}

hidden(tool) if {
	some wish in wishes
	restrictions.refuses(wish, {"method": "tools/call", "tool": tool})
}

hidden(tool) if count(kills.denials({"method": "tools/call", "tool": tool})) > 0

listing := [rule |
	input.question == "toolList"
	some id in route.call
	rule := data.published.rules[id]
	rule.mode == "enforce"
	conditions.who_matches(rule.match.who)
]

barred(method) if {
	some rule in barring
	conditions.always_applies(rule, {"method": method})
	restrictions.refuses(rule, {"method": method})
}

barred(method) if {
	some wish in wishes
	restrictions.refuses(wish, {"method": method})
}

barring := [rule |
	input.question == "methods"
	some id in route.message
	rule := data.published.rules[id]
	rule.mode == "enforce"
	conditions.who_matches(rule.match.who)
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

binding := array.concat([rule | some rule in enforced(applying); binds(rule)], wishes)

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
