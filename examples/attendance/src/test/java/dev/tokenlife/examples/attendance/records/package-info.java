/** What every store of the tables must do. */
@NullMarked
package dev.tokenlife.examples.attendance.records;

import org.jspecify.annotations.NullMarked;
