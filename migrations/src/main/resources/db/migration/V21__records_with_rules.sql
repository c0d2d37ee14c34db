-- What rules refused, or would have refused, among any number of calls: how often each rule did so, and which calls.
create index exchanges_with_rules on audit.exchanges (occurred_at desc, id desc) where rules <> '{}' or observed_rules <> '{}';
