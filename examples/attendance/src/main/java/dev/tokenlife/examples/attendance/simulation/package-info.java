/**
 * A simulated class: students and a teacher that use the application over real HTTP, as browsers
 * would.
 */
@NullMarked
package dev.tokenlife.examples.attendance.simulation;

import org.jspecify.annotations.NullMarked;
