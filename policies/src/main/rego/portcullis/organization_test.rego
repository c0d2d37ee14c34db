package portcullis.organization_test

import data.portcullis.organization

test_refusals_have_names_of_their_own if {
	denials := organization.denials with data.published as {"custom": true}
		with data.portcullis.custom.deny as {{"rule": "freeze", "message": "Not today."}}
	denials == [{"rule": "custom:freeze", "restriction": "custom", "message": "Not today."}]
}

test_refusal_without_message if {
	denials := organization.denials with data.published as {"custom": true}
		with data.portcullis.custom.deny as {{"rule": "freeze"}}
	denials == [{"rule": "custom:freeze", "restriction": "custom"}]
}

test_refusal_that_is_none_refuses_all_the_same if {
	every refusal in ["text", 7, {}, {"rule": 7}, null, {"rule": ["x"], "message": "m"}] {
		denials := organization.denials with data.published as {"custom": true}
			with data.portcullis.custom.deny as {refusal}
		denials == [{"rule": "custom:unnamed", "restriction": "custom"}]
	}
}

test_without_rules_of_its_own_nothing_is_asked if {
	denials := organization.denials with data.published as {"custom": false}
		with data.portcullis.custom.deny as {{"rule": "freeze"}}
	denials == []
}

test_entry_of_a_list_is_asked_about_as_if_it_were_requested if {
	organization.denies({"question": "toolCall", "tool": {"name": "a"}}) with input as {"question": "toolList", "tools": [{"name": "a"}]}
		with data.published as {"custom": true}
		with data.portcullis.custom.deny as {{"rule": "freeze"}}
	not organization.denies({"tool": {"name": "a"}}) with input as {"question": "toolList"}
		with data.published as {"custom": true}
		with data.portcullis.custom.deny as set()
}
