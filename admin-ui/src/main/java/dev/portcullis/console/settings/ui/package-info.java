/// How the console and the audit trail are set up: a screen with a tab for each subject.
@NullMarked
package dev.portcullis.console.settings.ui;

import org.jspecify.annotations.NullMarked;
