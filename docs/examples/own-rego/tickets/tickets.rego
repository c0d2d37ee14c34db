# Whoever deletes names the ticket. Packages below portcullis.custom refuse like itself.
package portcullis.custom.tickets

deny contains {
	"rule": "ticket-required",
	"message": "Deleting needs the ticket in the argument `ticket`, such as OPS-123.",
} if {
	input.question == "toolCall"
	input.tool.class == "delete"
	input.arguments
	not named
}

named if regex.match(`^[A-Z]{2,10}-[0-9]{1,8}$`, input.arguments.ticket)
