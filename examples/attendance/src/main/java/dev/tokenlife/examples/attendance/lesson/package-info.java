/**
 * What teachers and students do: sessions, codes, the register. Knows the library and the tables,
 * and nothing of HTTP.
 */
@NullMarked
package dev.tokenlife.examples.attendance.lesson;

import org.jspecify.annotations.NullMarked;
