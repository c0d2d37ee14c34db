package portcullis.testing_test

import data.portcullis.testing

test_call_names_tool_and_arguments if {
	asked := testing.call("upsert_entity", {"blueprint": "service"})
	asked.tool.name == "upsert_entity"
	asked.arguments.blueprint == "service"
	asked.question == "toolCall"
}

test_tool_may_be_described if {
	testing.call({"name": "x", "class": "read", "executes": false}, {}).tool.class == "read"
}

test_run_names_the_action if {
	asked := testing.run("run_action", ["deploy"], {})
	asked.action == {"identifiers": ["deploy"], "certain": true}
	asked.tool.executes
}

test_entry_of_a_list_has_no_arguments if {
	asked := testing.listed("x")
	asked.tool.name == "x"
	not asked.arguments
}

test_messages_name_their_method if {
	testing.message("initialize").method == "initialize"
	testing.reading("file:///a").uris == ["file:///a"]
	testing.prompting("a").prompt == "a"
	testing.connection.question == "connection"
}

test_everything_else_can_be_changed if {
	testing.by(testing.connection, "grace", ["ops"]).caller.groups == ["ops"]
	testing.from(testing.connection, "2001:db8::1").client.address == "2001:db8::1"
	testing.from(testing.connection, "192.0.2.1").client == {
		"name": "cursor",
		"version": "1.7",
		"address": "192.0.2.1",
	}
	testing.using(testing.connection, "x", "1").client.name == "x"
	testing.on(testing.connection, "other").route.name == "other"
	testing.at(testing.connection, "2026-01-01T00:00:00.000Z").time == "2026-01-01T00:00:00.000Z"
}

test_denials_are_asked_for if {
	denied := testing.denied(testing.connection) with data.portcullis.custom.deny as {{"rule": "a", "message": "b"}}
	denied == {"a"}
	messages := testing.messages(testing.connection) with data.portcullis.custom.deny as {{"rule": "a", "message": "b"}}
	messages == {"b"}
}
