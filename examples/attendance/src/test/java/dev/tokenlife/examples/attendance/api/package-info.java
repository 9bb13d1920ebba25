/** The application over real HTTP. */
@NullMarked
package dev.tokenlife.examples.attendance.api;

import org.jspecify.annotations.NullMarked;
