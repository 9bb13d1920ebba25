/**
 * Three identity providers on this machine, as real as their HTTP: one with a rate limit, one that
 * goes down, one that revokes grants. Their handlers run on threads of their own servers.
 */
@NullMarked
package dev.tokenlife.examples.fleet.providers;

import org.jspecify.annotations.NullMarked;
