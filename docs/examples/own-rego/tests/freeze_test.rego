package portcullis.custom_test

import data.portcullis.testing

production := testing.run("run_action", ["deploy_service"], {"properties": {"environment": "production"}})

test_production_is_frozen if testing.denied(production) == {"production-freeze"}

test_the_other_argument_counts_too if {
	testing.denied(testing.call("deploy", {"env": "production"})) == {"production-freeze"}
}

test_staging_is_not_frozen if testing.denied(testing.call("deploy", {"env": "staging"})) == set()

test_those_on_call_may if testing.denied(testing.by(production, "grace", ["on-call"])) == set()

test_refusal_names_the_tool if {
	testing.messages(production) == {"Production is frozen. run_action was not called; ask the on-call."}
}

test_tool_stays_visible if testing.denied(testing.listed("run_action")) == set()
