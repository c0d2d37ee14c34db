/// People who sign in: accounts, passwords, throttling.
@NullMarked
package dev.portcullis.console.signin;

import org.jspecify.annotations.NullMarked;
