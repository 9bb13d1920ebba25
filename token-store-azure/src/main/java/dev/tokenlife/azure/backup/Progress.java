package dev.tokenlife.azure.backup;

/**
 * How far a backup or a restore is.
 *
 * @param chains chains so far
 * @param companions companion rows so far
 * @param rows rows of application tables so far
 * @param present chains of a restore that were there already
 * @param complete whether it has reached the end
 */
public record Progress(
    long chains, long companions, long rows, long present, boolean complete) {
  static final Progress NONE = new Progress(0, 0, 0, 0, false);

  Progress plus(long moreChains, long moreCompanions, long moreRows, long morePresent) {
    return new Progress(
        chains + moreChains,
        companions + moreCompanions,
        rows + moreRows,
        present + morePresent,
        complete);
  }

  Progress finished() {
    return new Progress(chains, companions, rows, present, true);
  }
}
