/// Who may do what: roles, admin tokens, and the two doors, screens and API.
@NullMarked
package dev.portcullis.console.access;

import org.jspecify.annotations.NullMarked;
