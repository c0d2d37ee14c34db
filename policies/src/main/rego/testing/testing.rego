# The test kit: inputs for the tests of an organization's own Rego, and what is asked about them.
#
# Start with a request (`call`, `run`, `listed`, `message`, `reading`, `prompting`, `connection`), change what matters to the test (`by`,
# `from`, `on`, `at`, `using`), and ask `denied`.
package portcullis.testing

import data.portcullis.organization

# A call of a tool, as `{"name": …, "class": …, "executes": …, "review": …}` or, when that does not matter, as its name.
call(tool, arguments) := object.union(request, {
	"question": "toolCall",
	"method": "tools/call",
	"tool": described(tool),
	"arguments": arguments,
})

# A call that runs these actions.
run(tool, actions, arguments) := object.union(
	call(object.union(described(tool), {"class": "execute", "executes": true}), arguments),
	{"action": {"identifiers": actions, "certain": true}},
)

# One entry of a list of tools; a call's arguments are not known there.
listed(tool) := object.remove(call(tool, {}), ["arguments"])

# Any message that is neither of a tool nor a list.
message(method) := object.union(request, {"question": "message", "method": method})

# A message that names a resource, and one that names a prompt.
reading(uri) := object.union(message("resources/read"), {"uris": [uri]})

prompting(prompt) := object.union(message("prompts/get"), {"prompt": prompt})

connection := object.union(request, {"question": "connection"})

# The same request by somebody else.
by(asked, subject, groups) := object.union(
	object.remove(asked, ["caller"]),
	{"caller": {"subject": subject, "kind": "jwt", "groups": groups, "verified": true}},
)

# The same request from another address.
from(asked, address) := object.union(asked, {"client": {"address": address}})

# The same request with other software.
using(asked, name, version) := object.union(asked, {"client": {"name": name, "version": version}})

# The same request to another route.
on(asked, route) := object.union(asked, {"route": {"name": route}})

# The same request at another time: 2026-11-22T12:00:00.000Z and so on, always in this form.
at(asked, time) := object.union(asked, {"time": time})

# The rules of the organization's own that refuse the request, and what they say.
denied(asked) := {name |
	some denial in organization.denials with input as asked
	name := trim_prefix(denial.rule, "custom:")
}

messages(asked) := {denial.message | some denial in organization.denials with input as asked}

request := {
	"exchange": "01935a6e-0000-7000-8000-000000000001",
	"organization": "acme",
	"time": "2026-11-22T12:00:00.000Z",
	"route": {"name": "port-eu", "profile": "port"},
	"caller": {"subject": "ada", "kind": "api_key", "groups": ["developers"], "verified": true},
	"client": {"name": "cursor", "version": "1.7", "address": "203.0.113.7"},
	"wishes": {"readOnly": false},
}

described(tool) := tool if is_object(tool)

described(tool) := {"name": tool, "class": "write", "executes": false, "review": "new"} if is_string(tool)
