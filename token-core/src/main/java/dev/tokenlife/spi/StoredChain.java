package dev.tokenlife.spi;

import dev.tokenlife.model.ChainRow;

/**
 * A row as it was read.
 *
 * @param row the row
 * @param version the store's own mark of this state of the row; opaque, to be given back unchanged
 */
public record StoredChain(ChainRow row, String version) {}
