/// What a replica learns from the database, and what it reports back: policy, kills, heartbeats.
@NullMarked
package dev.portcullis.proxy.sync;

import org.jspecify.annotations.NullMarked;
