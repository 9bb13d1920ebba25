/**
 * The application's own tables, beside the chains of the library: sessions, attendance, who is in
 * which session.
 */
@NullMarked
package dev.tokenlife.examples.attendance.records;

import org.jspecify.annotations.NullMarked;
