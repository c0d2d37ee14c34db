package portcullis.custom_test

import data.portcullis.custom.tickets
import data.portcullis.testing

deletion(arguments) := testing.call({"name": "delete_entity", "class": "delete"}, arguments)

rules(asked) := {refusal.rule | some refusal in tickets.deny with input as asked}

test_deletion_needs_a_ticket if rules(deletion({})) == {"ticket-required"}

test_what_is_no_ticket_does_not_count if rules(deletion({"ticket": "please"})) == {"ticket-required"}

test_deletion_with_a_ticket if rules(deletion({"ticket": "OPS-123"})) == set()

test_reading_needs_none if rules(testing.call({"name": "list_entities", "class": "read"}, {})) == set()
