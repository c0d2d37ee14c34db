# Production is frozen over the weekend, but for those on call. `match.time` of the document could say the first half; that
# the environment stands in one of two arguments takes a rule of one's own.
package portcullis.custom

deny contains {
	"rule": "production-freeze",
	"message": concat(" ", ["Production is frozen.", input.tool.name, "was not called; ask the on-call."]),
} if {
	environment == "production"
	not "on-call" in input.caller.groups
}

environment := input.arguments.properties.environment

environment := input.arguments.env
