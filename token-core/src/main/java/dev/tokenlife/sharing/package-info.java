/**
 * Several processes divide the background work of one store: by heartbeats and leases in that
 * store, and by nothing else. Clocks of two processes are never compared: a member is dead when an
 * observer's own ticker saw its heartbeat stand still for the lease time. Losing a lease stops new
 * work only; claims and row versions fence what is under way.
 */
@NullMarked
package dev.tokenlife.sharing;

import org.jspecify.annotations.NullMarked;
