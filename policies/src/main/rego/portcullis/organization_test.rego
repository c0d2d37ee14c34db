package portcullis.organization_test

import data.portcullis
import data.portcullis.organization

published := data.examples.published.published

inputs := data.examples.inputs

freeze := {"rule": "freeze", "message": "Frozen."}

test_without_modules_nothing_is_added if {
	organization.answer.denials == [] with input as inputs.run
	organization.answer.hidden == set() with input as inputs.list
}

test_element_is_a_denial if {
	organization.denials == [{"rule": "custom:freeze", "restriction": "custom", "message": "Frozen."}] with input as inputs.run
		with data.portcullis.custom.deny as {freeze}
}

test_element_without_its_form_refuses_all_the_same if {
	some element in ["no object", {}, {"rule": 7}, {"rule": "a b", "message": 7}, {"rule": "", "message": long}, {"rule": ".a"}, {"rule": long}, {"rule": "a\nb"}, null]
	organization.denials == [{"rule": "custom:unnamed", "restriction": "custom"}] with input as inputs.run
		with data.portcullis.custom.deny as {element}
}

long := concat("", [letter | some _ in numbers.range(0, 1000); letter := "x"])

test_what_is_no_set_refuses_all_the_same if {
	some deny in [true, false, "text", [freeze], {"rule": freeze}, null]
	organization.denials == [{"rule": "custom:unnamed", "restriction": "custom"}] with input as inputs.run
		with data.portcullis.custom.deny as deny
}

test_list_hides_every_entry_that_is_refused if {
	organization.hidden == {"delete_entity", "list_entities", "upsert_entity"} with input as inputs.list
		with data.portcullis.custom.deny as {freeze}
	organization.hidden == {"roots/list", "sampling/createMessage"} with input as inputs.methods
		with data.portcullis.custom.deny as {freeze}
	organization.hidden == {"a"} with input as {"prompts": ["a"]} with data.portcullis.custom.deny as {freeze}
	organization.hidden == {"b:c"} with input as {"resources": [{"uri": "b:c"}]}
		with data.portcullis.custom.deny as {freeze}
}

test_decision_has_the_denials if {
	decision := portcullis.decision with input as inputs.read
		with data.published as published
		with data.portcullis.custom.deny as {freeze}
	not decision.allow
	[denial.rule | some denial in decision.denials] == ["custom:freeze"]
}

test_visible_lacks_what_is_refused if {
	portcullis.decision.visible == ["roots/list"] with input as inputs.methods with data.published as published
	decision := portcullis.decision with input as inputs.methods
		with data.published as published
		with data.portcullis.custom.deny as {freeze}
	decision.visible == []
}
