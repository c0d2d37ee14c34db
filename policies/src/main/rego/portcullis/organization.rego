# An organization's own rules: modules in the package `portcullis.custom` add refusals, and nothing else.
#
# The gateway compiles them together with this file alone and asks `answer`; an OPA server that has them asks through
# `data.portcullis.decision`. Where there are none, nothing here has a value.
package portcullis.organization

# entrypoint: what the organization's modules say about one request
answer := {"denials": denials, "hidden": hidden}

denials := [denial(refusal) | some refusal in refusals(data.portcullis.custom.deny)]

# The entries of a list that are refused.
hidden := {name | some [name, subject] in entries; denies(subject)}

entries contains [tool.name, {"question": "toolCall", "method": "tools/call", "tool": tool}] if {
	present
	some tool in input.tools
}

entries contains [prompt, {"question": "message", "method": "prompts/get", "prompt": prompt}] if {
	present
	some prompt in input.prompts
}

entries contains [resource.uri, reading] if {
	present
	some resource in input.resources
	reading := object.union(resource, {"question": "message", "method": "resources/read", "uris": [resource.uri]})
}

entries contains [method, {"question": "message", "method": method}] if {
	present
	some method in input.methods
}

# The same asked about an entry of a list: as if the request were about it.
denies(subject) if {
	present
	asked := object.union(object.remove(input, {"tools", "prompts", "resources", "methods"}), subject)
	some _ in refusals(data.portcullis.custom.deny) with input as asked
}

present if refusals(data.portcullis.custom.deny)

# Whatever is not a set of refusals is one: nothing that somebody wrote to refuse is overlooked.
refusals(deny) := deny if is_set(deny)

refusals(deny) := [deny] if not is_set(deny)

# A refusal that is not written as it should be refuses all the same.
denial(refusal) := {"rule": name(refusal), "restriction": "custom", "message": refusal.message} if worded(refusal)

denial(refusal) := {"rule": name(refusal), "restriction": "custom"} if not worded(refusal)

name(refusal) := concat("", ["custom:", refusal.rule]) if named(refusal)

name(refusal) := "custom:unnamed" if not named(refusal)

# The form of a rule's id. Without a regular expression: compiling one costs more than all the rest.
named(refusal) if {
	is_string(refusal.rule)
	refusal.rule != ""
	count(refusal.rule) <= 100
	trim(refusal.rule, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-") == ""
	not starts_otherwise(refusal.rule)
}

starts_otherwise(name) if substring(name, 0, 1) in {".", "_", "-"}

worded(refusal) if {
	is_string(refusal.message)
	count(refusal.message) <= 1000
}
