/// Tests of the doctor, on patients that are really ill: real gateways, consoles, databases and TLS
/// servers, and raw sockets where a peer has to be broken.
@NullMarked
package dev.portcullis.standalone.doctor;

import org.jspecify.annotations.NullMarked;
