/// The product as its users meet it: the built distribution in processes of its own, and real clients
/// in front of it.
@NullMarked
package dev.portcullis.acceptance;

import org.jspecify.annotations.NullMarked;
