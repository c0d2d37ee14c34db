# The kill switch: data like the rules, but outside the document.
package portcullis.kills

import data.portcullis.conditions

denials(subject) := [kill.denial |
	some kill in data.published.kills
	engaged(kill, subject)
]

# A kill stops what matches every key of its scope; a scope without keys is the whole organization.
engaged(kill, subject) if {
	not expired(kill)
	conditions.who_matches(kill.scope.who)
	conditions.what_matches(kill.scope.what, subject)
}

# Times have one fixed form, so their order is that of their texts.
expired(kill) if kill.until <= input.time
