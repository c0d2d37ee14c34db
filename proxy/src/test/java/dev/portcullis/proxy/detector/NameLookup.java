package dev.portcullis.proxy.detector;

import jdk.jfr.Event;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/// Tells the flight recorder that a host name was looked up, which may take seconds.
@Name(NameLookup.NAME)
@StackTrace
final class NameLookup extends Event {
    static final String NAME = "dev.portcullis.NameLookup";
}
