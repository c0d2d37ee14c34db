package dev.portcullis.console.trail;

import java.util.List;

/// What one look at the chains has found.
///
/// @param calls in order within each chain
/// @param heads the last record of each chain at that time
record Look(List<PlacedCall> calls, Places heads) {
    Look {
        calls = List.copyOf(calls);
    }
}
