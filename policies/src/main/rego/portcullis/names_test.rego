package portcullis.names_test

import data.portcullis.names

matcher := {
	"exact": {"list_entities": true},
	"affixes": [{"prefix": "get_", "suffix": "_logs", "length": 9}],
	"inside": ["secret"],
	"patterns": ["^(?s:a.*b.*c)$"],
}

test_exact_name if names.matches(matcher, "list_entities")

test_name_is_not_folded if not names.matches(matcher, "List_entities")

test_beginning_and_end if names.matches(matcher, "get_event_logs")

test_beginning_and_end_do_not_overlap if not names.matches(matcher, "get_logs")

test_text_inside if names.matches(matcher, "my_secret_tool")

test_pattern_spans_lines if names.matches(matcher, "a\nb\nc")

test_empty_matcher_matches_nothing if not names.matches({"exact": {}, "affixes": []}, "")

networks := {"203.0.113.0/24": true, "2001:db8:0:0:0:0:0:0/32": true}

test_address_inside if names.within(networks, {"networks": ["203.0.0.0/16", "203.0.113.0/24"]})

test_address_outside if not names.within(networks, {"networks": ["203.0.114.0/24"]})

test_address_of_no_size_that_is_named if not names.within(networks, {"networks": []})

domains := {"exact": {"x.org": true, "203.0.113.7": true}, "under": {"y.org": true}}

test_domain_by_name if names.listed(domains, {"name": "x.org", "parents": ["org"]})

test_name_alone_does_not_cover_subdomains if not names.listed(domains, {"name": "a.x.org", "parents": ["x.org", "org"]})

test_star_covers_subdomains if names.listed(domains, {"name": "a.b.y.org", "parents": ["b.y.org", "y.org", "org"]})

test_star_does_not_cover_the_domain_itself if not names.listed(domains, {"name": "y.org", "parents": ["org"]})

test_address_is_listed_by_itself if names.listed(domains, {"name": "203.0.113.7", "parents": []})
