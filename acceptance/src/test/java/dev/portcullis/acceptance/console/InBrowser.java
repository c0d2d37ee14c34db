package dev.portcullis.acceptance.console;

import org.junit.jupiter.api.extension.ExtendWith;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Tests of screens: a parameter [LivedInConsole] is the one that all of them share, and
/// `@ParameterizedTest @EnumSource` with a parameter [Look] goes through every look.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ConsoleExtension.class)
@interface InBrowser {}
