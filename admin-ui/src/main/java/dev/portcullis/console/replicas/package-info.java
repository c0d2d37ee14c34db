/// The replicas of the proxy, and what they have heard.
@NullMarked
package dev.portcullis.console.replicas;

import org.jspecify.annotations.NullMarked;
