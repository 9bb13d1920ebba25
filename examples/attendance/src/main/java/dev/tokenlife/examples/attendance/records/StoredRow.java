package dev.tokenlife.examples.attendance.records;

/**
 * A row as it was read.
 *
 * @param row the row
 * @param version the store's mark of this state of the row, to be given back unchanged
 */
public record StoredRow(AppRow row, String version) {}
