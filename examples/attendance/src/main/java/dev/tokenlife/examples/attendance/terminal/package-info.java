/** The terminal: one refreshed block for people, plain lines for everything else. */
@NullMarked
package dev.tokenlife.examples.attendance.terminal;

import org.jspecify.annotations.NullMarked;
