/**
 * Pure arithmetic of time: when a token is refreshed next, until when it is served, and how long to
 * wait after a failure. Run once per generation, by whoever stores the token.
 */
@NullMarked
package dev.tokenlife.plan;

import org.jspecify.annotations.NullMarked;
