-- What only a replica knows of itself: how much of the room for records on their way is taken, and when the first of its
-- listener's certificates ends.
alter table gateway.replicas
    add column trail_fill real check (trail_fill between 0 and 1),
    add column certificate_ends_at timestamptz;
