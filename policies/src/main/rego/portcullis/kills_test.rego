package portcullis.kills_test

import data.portcullis.kills

# What is written for six kills: of a route, of callers, of a group, of a client, of a tool, and of the whole organization.
items := [
	{"who": {}, "what": {}, "denial": "route"},
	{"who": {"callers": exactly("key:leaked")}, "what": {}, "denial": "caller"},
	{"who": {"groups": exactly("contractors")}, "what": {}, "denial": "group"},
	{"who": {"clients": exactly("evil")}, "what": {}, "denial": "client"},
	{"who": {}, "what": {"tools": exactly("run_action")}, "denial": "tool"},
	{"who": {}, "what": {}, "exempt": exactly("on-call"), "until": "2026-11-23T00:00:00.000Z", "denial": "all"},
]

published := {"kills": {
	"items": items,
	"everywhere": {
		"callers": {"key:leaked": [1]},
		"tools": {"run_action": [4]},
		"clients": {"evil": [3]},
		"groups": {"contractors": [2]},
		"rest": [5],
	},
	"routes": {"closed": {"rest": [0]}},
}}

exactly(name) := {"exact": {name: true}, "affixes": [], "inside": [], "patterns": []}

asking := {
	"time": "2026-11-22T12:00:00.000Z",
	"route": {"name": "open"},
	"caller": {"subject": "key:ada", "groups": ["on-call"], "verified": true},
	"client": {"name": "good"},
}

stopped(request, subject) := denials if {
	denials := kills.denials(subject) with input as request with data.published as published
}

calling(tool) := {"method": "tools/call", "tool": {"name": tool}}

patched(key, value) := object.union(object.remove(asking, [key]), {key: value})

test_exempt_group_goes_on if stopped(asking, {}) == []

test_nobody_is_exempt_without_being_verified if {
	stopped(patched("caller", {"subject": "key:ada", "groups": ["on-call"], "verified": false}), {}) == ["all"]
}

test_other_group_is_not_exempt if {
	stopped(patched("caller", {"subject": "key:ada", "groups": ["developers"], "verified": true}), {}) == ["all"]
}

test_kill_is_over_at_its_end if {
	later := object.union(
		patched("time", "2026-11-23T00:00:00.000Z"),
		{"caller": {"subject": "key:ada", "groups": [], "verified": true}},
	)
	stopped(later, {}) == []
}

test_clock_set_back_puts_it_in_force_again if {
	stopped(patched("caller", {"subject": "key:ada", "groups": [], "verified": true}), {}) == ["all"]
}

test_route_is_closed if stopped(patched("route", {"name": "closed"}), {}) == ["route"]

test_caller_is_stopped if {
	stopped(patched("caller", {"subject": "key:leaked", "groups": ["on-call"], "verified": true}), {}) == ["caller"]
}

test_group_is_stopped_once if {
	members := {"subject": "key:ada", "groups": ["contractors", "on-call", "contractors"], "verified": true}
	stopped(patched("caller", members), {}) == ["group"]
}

test_client_is_stopped if stopped(patched("client", {"name": "evil"}), {}) == ["client"]

test_tool_is_stopped if stopped(asking, calling("run_action")) == ["tool"]

test_other_tool_is_not if stopped(asking, calling("list_entities")) == []

test_denials_come_in_the_order_of_the_kills if {
	bad := object.union(patched("client", {"name": "evil"}), {"route": {"name": "closed"}})
	stopped(bad, calling("run_action")) == ["route", "client", "tool"]
}

test_without_kills_nothing_is_stopped if {
	kills.denials({}) == [] with input as asking with data.published as {"kills": {"items": [], "routes": {}}}
}

test_without_data_nothing_is_stopped if kills.denials({}) == [] with input as asking with data.published as {}
