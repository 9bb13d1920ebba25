package dev.tokenlife.testing;

/** The calls of a store and of its listings and queues. */
public enum StoreCall {
  FIND(Sort.POINT_READ),
  INSERT(Sort.WRITE),
  REPLACE(Sort.WRITE),
  DELETE(Sort.WRITE),
  INSERT_ALL(Sort.WRITE),
  BY_PARTITION(Sort.QUERY),
  BY_HOLDER(Sort.QUERY),
  DUE_BEFORE(Sort.QUERY),
  PLANNED(Sort.QUERY),
  READ_EFFECTS(Sort.QUERY),
  ACKNOWLEDGE(Sort.WRITE);

  private final Sort sort;

  StoreCall(Sort sort) {
    this.sort = sort;
  }

  /** Returns whether it changes something. */
  public boolean isWrite() {
    return sort == Sort.WRITE;
  }

  /** Returns whether it reads more than one named row. */
  public boolean isQuery() {
    return sort == Sort.QUERY;
  }

  private enum Sort {
    POINT_READ,
    WRITE,
    QUERY
  }
}
