/// The screens of signing in and of changing one's password.
@NullMarked
package dev.portcullis.console.signin.ui;

import org.jspecify.annotations.NullMarked;
