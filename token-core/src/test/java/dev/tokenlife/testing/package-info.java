/**
 * The published test kit: laws that every store must obey, and doubles for everything that can be
 * plugged in. Nothing here sleeps or reads a clock of its own.
 *
 * <p>To prove a store, extend {@link dev.tokenlife.testing.TokenStoreContract}. To test an
 * application, use {@link dev.tokenlife.testing.ReferenceStore}, let {@link
 * dev.tokenlife.testing.FaultyStore} break it and {@link dev.tokenlife.testing.CountingStore} count
 * what it is asked.
 */
@NullMarked
package dev.tokenlife.testing;

import org.jspecify.annotations.NullMarked;
