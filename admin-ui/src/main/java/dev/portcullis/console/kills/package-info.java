/// The kill switch: engage, release, and who has obeyed.
@NullMarked
package dev.portcullis.console.kills;

import org.jspecify.annotations.NullMarked;
