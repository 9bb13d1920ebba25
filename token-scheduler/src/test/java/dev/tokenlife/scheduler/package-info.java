/** The laws of the engines, in virtual time. */
@NullMarked
package dev.tokenlife.scheduler;

import org.jspecify.annotations.NullMarked;
