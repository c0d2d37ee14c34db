# A client's control headers: two more restrictions, about every request that carries them.
package portcullis.wishes

rules := array.concat(
	[wish |
		input.wishes.readOnly
		wish := {
			"restriction": "readOnly",
			"denial": {"rule": "client:x-read-only-mode", "restriction": "readOnly"},
		}
	],
	[wish |
		actions := input.wishes.allowedActions
		wish := {
			"restriction": "allowedActions",
			"values": {action: true | some action in actions},
			"denial": {"rule": "client:x-allowed-actions-to-run", "restriction": "allowedActions"},
		}
	],
)
