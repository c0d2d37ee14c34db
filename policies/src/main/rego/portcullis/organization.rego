# An organization's own rules: modules in the package `portcullis.custom` add refusals, and nothing else.
package portcullis.organization

denials := [denial(refusal) |
	data.published.custom
	some refusal in data.portcullis.custom.deny
]

# The same asked about an entry of a list: as if the request were about it.
denies(subject) if {
	data.published.custom
	asked := object.union(object.remove(input, {"tools", "prompts", "resources", "methods"}), subject)
	count(data.portcullis.custom.deny) > 0 with input as asked
}

# A refusal that is not written as it should be refuses all the same.
default denial(_) := {"rule": "custom:unnamed", "restriction": "custom"}

denial(refusal) := object.union(
	{"rule": concat("", ["custom:", refusal.rule]), "restriction": "custom"},
	{"message": text | text := refusal.message; is_string(text)},
) if {
	is_string(refusal.rule)
}
