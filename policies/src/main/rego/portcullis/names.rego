# How texts and addresses of a request are compared with what a document lists.
package portcullis.names

# A pattern is published in the cheapest form that says the same: an exact name, a beginning with an end,
# a text in the middle, and a regular expression only for the rest.
matches(matcher, name) if matcher.exact[name]

matches(matcher, name) if {
	some affix in matcher.affixes
	startswith(name, affix.prefix)
	endswith(name, affix.suffix)
	count(name) >= affix.length
}

matches(matcher, name) if {
	some text in matcher.inside
	contains(name, text)
}

matches(matcher, name) if {
	some pattern in matcher.patterns
	regex.match(pattern, name)
}

# An address comes with the networks it is in, as far as documents name networks of their size.
within(networks, client) if {
	some network in client.networks
	networks[network]
}

# A domain comes with the domains it is a subdomain of, so that neither form of entry is searched for.
listed(domains, domain) if domains.exact[domain.name]

listed(domains, domain) if {
	some parent in domain.parents
	domains.under[parent]
}
