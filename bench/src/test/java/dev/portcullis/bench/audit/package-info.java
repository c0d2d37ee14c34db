@NullMarked
package dev.portcullis.bench.audit;

import org.jspecify.annotations.NullMarked;
