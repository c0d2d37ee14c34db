/// Health, metrics and the kill switch of one replica, on a port of their own.
@NullMarked
package dev.portcullis.proxy.management;

import org.jspecify.annotations.NullMarked;
