package dev.portcullis.console.sinks;

import dev.portcullis.console.events.AdminEvent;

import java.time.OffsetDateTime;
import java.util.UUID;

/// An admin event on record, and its place among all of them.
public record PlacedEvent(long place, UUID id, OffsetDateTime occurredAt, AdminEvent event) {}
