/**
 * Moves everything a store holds into a file of JSON lines and out of it again, for any store that
 * has an inventory, with the application's own tables beside it. Everything runs on the caller's
 * thread, page by page; both directions can be broken off and continued.
 */
@NullMarked
package dev.tokenlife.azure.backup;

import org.jspecify.annotations.NullMarked;
