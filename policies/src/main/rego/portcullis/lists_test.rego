package portcullis.lists_test

import data.portcullis.lists

named(names) := {"exact": {name: true | some name in names}, "affixes": [], "inside": [], "patterns": []}

rule(what, restriction) := {
	"mode": "enforce",
	"restriction": restriction,
	"match": {"who": {}, "what": what},
	"denial": {"rule": "r", "restriction": restriction},
}

index(rules) := object.union({"rest": []}, rules)

# Eight rules: for everybody, for a caller, for a group, for a method, for a tool, for a prompt, one that only observes, and
# one with an exception for an action.
published := {
	"custom": false,
	"kills": {"items": [], "routes": {}},
	"rules": [
		rule({"tools": named(["a"]), "prompts": named([])}, "deny"),
		rule({"classes": {"write": true}}, "deny"),
		rule({"classes": {"delete": true}}, "deny"),
		rule({"methods": named(["tools/call"]), "classes": {"admin": true}}, "deny"),
		rule({"tools": named(["t"])}, "deny"),
		rule({"prompts": named(["secret"])}, "deny"),
		object.union(rule({}, "deny"), {"mode": "observe"}),
		object.union(rule({"classes": {"execute": true}}, "deny"), {"except": {"who": {}, "what": {"actions": named(["x"])}}}),
		rule({"uris": named(["file:///a"])}, "deny"),
		rule({"methods": named(["roots/list"])}, "deny"),
		rule({"methods": named(["sampling/createMessage"])}, "deny"),
	],
	"routes": {"eu": {
		"call": index({
			"rest": [0, 6, 7],
			"callers": {"ada": [1]},
			"groups": {"developers": [2]},
			"methods": {"tools/call": [3]},
			"tools": {"t": [4]},
		}),
		"message": index({"rest": [8, 9], "prompts": {"secret": [5]}, "methods": {"sampling/createMessage": [10]}}),
	}},
}

request := {
	"route": {"name": "eu"},
	"caller": {"subject": "ada", "groups": ["developers"]},
	"client": {},
	"wishes": {"readOnly": false},
}

tool(name, class) := {"name": name, "class": class, "executes": class == "execute"}

visible(question, more) := seen if {
	seen := lists.visible with input as object.union(object.union(request, {"question": question}), more) with data.published as published
}

test_tools_are_hidden_by_every_kind_of_rule if {
	visible("toolList", {"tools": [
		tool("by_caller", "write"),
		tool("by_group", "delete"),
		tool("by_method", "admin"),
		tool("t", "read"),
		tool("excepted", "execute"),
		tool("free", "read"),
	]}) == ["excepted", "free"]
}

test_tools_are_hidden_by_wishes if {
	visible("toolList", {"wishes": {"readOnly": true}, "tools": [tool("excepted", "execute"), tool("free", "read")]}) == ["free"]
	visible("toolList", {"wishes": {"readOnly": false, "allowedActions": []}, "tools": [tool("excepted", "execute"), tool("free", "read")]}) == ["free"]
}

test_tools_are_hidden_by_kills if {
	kill := {"who": {}, "what": {"tools": named(["free"])}, "denial": {"rule": "kill:1", "restriction": "deniedTools"}}
	seen := lists.visible with input as object.union(request, {"question": "toolList", "tools": [tool("free", "read"), tool("other", "read")]})
		with data.published as object.union(published, {"kills": {"items": [kill], "everywhere": {"tools": {"free": [0]}}}})
	seen == ["other"]
}

own(question, more) := seen if {
	seen := lists.visible with input as object.union(object.union(request, {"question": question}), more)
		with data.published as object.union(published, {"custom": true})
		with data.portcullis.custom.deny as {{"rule": "everything"}}
}

test_entries_are_hidden_by_rules_of_the_organization if {
	own("toolList", {"tools": [tool("free", "read")]}) == []
	own("promptList", {"prompts": ["open"]}) == []
	own("resourceList", {"resources": [{"uri": "file:///b"}]}) == []
}

test_prompts_are_closed_by_name if visible("promptList", {"prompts": ["secret", "open"]}) == ["open"]

test_resources_are_closed_by_uri if {
	visible("resourceList", {"resources": [{"uri": "file:///a"}, {"uri": "file:///b"}]}) == ["file:///b"]
}

test_methods_are_barred if {
	visible("methods", {"methods": ["roots/list", "sampling/createMessage", "elicitation/create"]}) == ["elicitation/create"]
}

test_methods_and_prompts_are_barred_by_wishes if {
	visible("methods", {"wishes": {"readOnly": true}, "methods": ["tasks/cancel", "ping"]}) == ["ping"]
	visible("promptList", {"wishes": {"readOnly": true}, "prompts": ["open"]}) == ["open"]
}

test_other_questions_show_nothing if visible("connection", {}) == []
