/// Signing in with an account of the organization's identity provider, by OpenID Connect.
@NullMarked
package dev.portcullis.console.signin.provider;

import org.jspecify.annotations.NullMarked;
