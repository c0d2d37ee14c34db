# Tests against the example files, which the Java tests serialise against too.
package portcullis_test

import data.portcullis

published := data.examples.published.published

inputs := data.examples.inputs

decide(name) := decision if {
	decision := portcullis.decision with input as inputs[name] with data.published as published
}

rules(name) := [denial.rule | some denial in decide(name).denials]

test_reading_is_allowed if decide("read").allow

test_connection_from_the_office_is_allowed if decide("connection").allow

test_response_is_allowed if decide("response").allow

test_writing_is_denied_with_the_owners_message if {
	decide("write").denials == [{
		"rule": "everyone-reads",
		"restriction": "readOnly",
		"message": "Write tools are off. Ask platform@acme.example.",
	}]
}

test_list_shows_what_may_be_called if decide("list").visible == ["list_entities"]

test_running_is_denied_to_developers if rules("run") == ["everyone-reads"]

test_running_is_allowed_to_the_platform_group if decide("run_by_platform").allow

test_action_in_doubt_is_denied if {
	rules("run_in_doubt") == ["ide-deploys", "client:x-allowed-actions-to-run"]
}

test_upstream_gets_the_intersection if {
	decide("run_by_platform").upstream == {"readOnly": false, "allowedActions": ["deploy_service"]}
}

test_upstream_hears_of_read_only if decide("read").upstream.readOnly

test_unknown_route_is_not_allowed if {
	elsewhere := json_patched("route", {"name": "nowhere"})
	decision := portcullis.decision with input as elsewhere with data.published as published
	not decision.allow
	decision.denials == []
}

test_without_data_nothing_is_allowed if {
	not portcullis.allow with input as inputs.read with data.published as {}
}

test_without_input_nothing_is_allowed if {
	not portcullis.allow with input as {} with data.published as published
}

test_address_outside_is_denied if {
	outside := json_patched("client", {"address": "192.0.2.1", "networks": ["192.0.2.0/24"]})
	decision := portcullis.decision with input as outside with data.published as published
	[denial.rule | some denial in decision.denials] == ["office-and-vpn"]
}

test_kill_by_tool_denies_like_a_rule if {
	killed := json_patched("tool", {"name": "delete_entity", "class": "delete", "executes": false, "review": "new"})
	decision := portcullis.decision with input as killed with data.published as published
	decision.denials[0].rule == "kill:00000000-0000-0000-0000-00000000000a"
	decision.denials[0].restriction == "deniedTools"
}

test_kill_ends_at_its_time if {
	over := json_patched("time", "2026-11-23T00:00:00.000Z")
	deleting := object.union(over, {"tool": {"name": "delete_entity", "class": "read", "executes": false, "review": "new"}})
	decision := portcullis.decision with input as deleting with data.published as published
	decision.allow
}

test_observing_rule_says_what_it_would_have_refused if {
	logs := json_patched("tool", {"name": "search_audit_logs", "class": "read", "executes": false, "review": "new"})
	decision := portcullis.decision with input as logs with data.published as published
	decision.allow
	[denial.rule | some denial in decision.observed] == ["no-audit-logs"]
}

test_explanation_names_every_rule if {
	explanation := portcullis.explanation with input as inputs.run with data.published as published
	[part.rule | some part in explanation.rules] == [rule.denial.rule | some rule in published.rules]
	[part.rule | some part in explanation.rules; part.refuses] == ["everyone-reads"]
	[part.unmatched | some part in explanation.rules; part.rule == "prod-freeze"] == [["actions"]]
	explanation.decision == decide("run")
}

json_patched(key, value) := object.union(object.remove(inputs.read, [key]), {key: value})

# One rule under each key of the index; each refuses what is asked under its key.
one(key, value) := object.union(published, {
	"rules": [{"mode": "enforce", "restriction": "deny", "match": {"who": {}, "what": {}}, "denial": {"rule": key, "restriction": "deny"}}],
	"routes": {"port-eu": {"controlHeaders": true, "message": {"rest": [], key: {value: [0]}}, "call": {"rest": [], key: {value: [0]}}}},
	"kills": {"items": [], "routes": {}},
})

refused_by(key, value, request) := [denial.rule | some denial in decision.denials] if {
	decision := portcullis.decision with input as request with data.published as one(key, value)
}

test_rules_are_found_under_each_key if {
	refused_by("callers", "ada", inputs.read) == ["callers"]
	refused_by("groups", "developers", inputs.read) == ["groups"]
	refused_by("methods", "tools/call", inputs.read) == ["methods"]
	refused_by("prompts", "troubleshoot", inputs.prompt) == ["prompts"]
	refused_by("tools", "list_entities", inputs.read) == ["tools"]
	refused_by("actions", "deploy_service", inputs.run) == ["actions"]
	refused_by("tools", "other", inputs.read) == []
}

test_limits_are_claimed_by_calls_only if {
	[claim.denial.rule | some claim in decide("read").limits] == ["not-too-many"]
	decide("list").limits == []
}

test_records_of_calls_are_kept_as_rules_say_whatever_becomes_of_the_call if {
	hidden := {
		"rule": "private-salaries",
		"arguments": ["/properties/salary", "/people/*/name"],
		"results": ["/structuredContent"],
		"keep": "nothing",
	}
	decide("read").redact == [hidden]
	decide("read").results == [{"rule": "what-was-read", "maxBytes": 4096}]
	not decide("write").allow
	decide("write").redact == [hidden]
	decide("write").results == []
	decide("list").redact == []
}

test_client_asks_for_reading_only if {
	wishing := json_patched("wishes", {"readOnly": true})
	writing := object.union(wishing, {"tool": {"name": "x", "class": "write", "executes": false, "review": "new"}})
	decision := portcullis.decision with input as writing with data.published as one("tools", "other")
	[denial.rule | some denial in decision.denials] == ["client:x-read-only-mode"]
	asked := portcullis.decision with input as wishing with data.published as one("tools", "other")
	asked.upstream == {"readOnly": true}
}

test_rule_with_exceptions_for_tools_is_told_upstream_with_a_call_only if {
	rule := {"mode": "enforce", "restriction": "readOnly", "exceptsTools": true, "match": {"who": {}, "what": {}}, "denial": {"rule": "r", "restriction": "readOnly"}}
	excepting := object.union(one("tools", "other"), {
		"rules": [rule],
		"routes": {"port-eu": {"controlHeaders": true, "message": {"rest": [0]}, "call": {"rest": [0]}}},
	})
	call := portcullis.decision with input as inputs.read with data.published as excepting
	call.upstream == {"readOnly": true}
	message := portcullis.decision with input as inputs.initialize with data.published as excepting
	message.upstream == {"readOnly": false}
}

test_explanation_says_what_a_rule_is_asked if {
	explanation := portcullis.explanation with input as inputs.connection with data.published as published
	not "prod-freeze" in {part.rule | some part in explanation.rules; part.asked}
	"office-and-vpn" in {part.rule | some part in explanation.rules; part.asked}
	excepted := portcullis.explanation with input as inputs.run_by_platform with data.published as published
	"everyone-reads" in {part.rule | some part in excepted.rules; part.excepted}
	message := portcullis.explanation with input as inputs.initialize with data.published as published
	"no-sampling" in {part.rule | some part in message.rules; part.asked}
}
