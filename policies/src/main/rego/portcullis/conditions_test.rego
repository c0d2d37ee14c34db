package portcullis.conditions_test

import data.portcullis.conditions

named(names) := {"exact": {name: true | some name in names}, "affixes": [], "inside": [], "patterns": []}

request := {
	"route": {"name": "eu"},
	"times": {"weekend": true},
	"caller": {"subject": "ada", "groups": ["developers", "on-call"]},
	"client": {"name": "cursor", "networks": ["203.0.113.0/24"]},
}

who(condition) if conditions.who_matches(condition) with input as request

test_who_matches_by_every_key if {
	who({
		"routes": {"eu": true},
		"groups": named(["on-call"]),
		"callers": named(["ada"]),
		"clients": named(["cursor"]),
		"networks": {"203.0.113.0/24": true},
		"time": "weekend",
	})
}

test_one_key_that_does_not_match_is_enough if {
	not who({"routes": {"eu": true}, "groups": named(["others"])})
	not who({"routes": {"us": true}})
	not who({"callers": named(["bob"])})
	not who({"clients": named(["codex"])})
	not who({"networks": {"198.51.100.0/24": true}})
	not who({"time": "nights"})
}

test_unknown_key_matches_nothing if not who({"moon": "full"})

call := {
	"method": "tools/call",
	"tool": {"name": "run_action", "class": "execute", "executes": true},
	"action": {"identifiers": ["deploy", "restart"], "certain": true},
	"argumentTests": {"/env is [\"prod\"]": true},
}

test_what_matches_by_every_key if {
	conditions.what_matches(
		{
			"methods": named(["tools/call"]),
			"tools": named(["run_action"]),
			"classes": {"execute": true},
			"actions": named(["restart"]),
			"arguments": ["/env is [\"prod\"]"],
		},
		call,
	)
	conditions.what_matches({"prompts": named(["p"])}, {"prompt": "p"})
	conditions.what_matches({"uris": named(["b"])}, {"uris": ["a", "b"]})
}

test_subject_that_is_missing_does_not_match if {
	not conditions.what_matches({"tools": named(["run_action"])}, {"method": "initialize"})
	not conditions.what_matches({"classes": {"execute": true}}, {"method": "initialize"})
	not conditions.what_matches({"prompts": named(["p"])}, call)
	not conditions.what_matches({"uris": named(["a"])}, call)
	not conditions.what_matches({"actions": named(["deploy"])}, {"method": "tools/call"})
}

test_no_test_of_arguments_matches_nothing if {
	not conditions.what_matches({"arguments": []}, call)
	not conditions.what_matches({"arguments": ["/env is [\"prod\"]", "/other is [1]"]}, call)
}

excepted(except, subject) if {
	conditions.excepted({"except": {"who": {}, "what": except}}, subject) with input as request
}

test_exception_needs_every_action_and_every_uri if {
	excepted({"actions": named(["deploy", "restart"])}, call)
	not excepted({"actions": named(["deploy"])}, call)
	excepted({"uris": named(["a", "b"])}, {"uris": ["a", "b"]})
	not excepted({"uris": named(["a"])}, {"uris": ["a", "b"]})
}

test_exception_never_holds_for_an_action_in_doubt if {
	not excepted({"actions": named(["deploy", "restart"])}, object.union(call, {"action": {"identifiers": ["deploy"], "certain": false}}))
}

may_be_excepted(except, subject) if {
	conditions.may_be_excepted({"except": {"who": {}, "what": except}}, subject) with input as request
}

test_parameters_that_are_not_known_yet_may_be_what_is_excepted if {
	may_be_excepted({"uris": named(["a"])}, {"method": "resources/read"})
	may_be_excepted({"prompts": named(["a"])}, {"method": "prompts/get"})
	may_be_excepted({"arguments": ["x"]}, {"method": "tools/call"})
	may_be_excepted({"actions": named(["a"])}, {"method": "tools/call"})
	may_be_excepted({"actions": named(["a"])}, {"method": "tools/call", "tool": call.tool})
	may_be_excepted({"tools": named(["run_action"])}, {"method": "tools/call", "tool": call.tool})
	may_be_excepted({"tools": named(["run_action"])}, {"method": "tools/call"})
	may_be_excepted({"methods": named(["tools/call"])}, {"method": "tools/call"})
}

test_what_can_be_said_now_is_said_now if {
	not may_be_excepted({"tools": named(["other"])}, {"method": "tools/call", "tool": call.tool})
	not may_be_excepted({"actions": named(["a"])}, {"method": "tools/call", "tool": {"executes": false}})
	not may_be_excepted({"prompts": named(["a"])}, {"method": "resources/read"})
	not may_be_excepted({"methods": named(["ping"])}, {"method": "tools/call"})
}

test_rule_applies_when_it_matches_and_is_not_excepted if {
	rule := {"match": {"who": {}, "what": {}}, "except": {"who": {"groups": named(["on-call"])}, "what": {}}}
	not conditions.applies(rule, call) with input as request
	conditions.applies({"match": {"who": {}, "what": {}}}, call) with input as request
}
