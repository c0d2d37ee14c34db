/// What the tools of a known kind of server do.
@NullMarked
package dev.portcullis.policy.profile;

import org.jspecify.annotations.NullMarked;
