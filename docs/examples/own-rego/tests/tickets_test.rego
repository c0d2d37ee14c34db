package portcullis.custom_test

import data.portcullis.testing

deletion(arguments) := testing.call({"name": "delete_entity", "class": "delete"}, arguments)

test_deletion_needs_a_ticket if testing.denied(deletion({})) == {"ticket-required"}

test_what_is_no_ticket_does_not_count if testing.denied(deletion({"ticket": "please"})) == {"ticket-required"}

test_deletion_with_a_ticket if testing.denied(deletion({"ticket": "OPS-123"})) == set()

test_reading_needs_none if testing.denied(testing.call({"name": "list_entities", "class": "read"}, {})) == set()
