/** The register and its report. */
@NullMarked
package dev.tokenlife.examples.attendance.lesson;

import org.jspecify.annotations.NullMarked;
