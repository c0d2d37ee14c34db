/// What frames every screen: navigation, theme, the banner of an engaged kill.
@NullMarked
package dev.portcullis.console.shell;

import org.jspecify.annotations.NullMarked;
