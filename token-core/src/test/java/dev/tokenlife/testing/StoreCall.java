package dev.tokenlife.testing;

/** The calls of a store, of its listings and queues, of its lease table, and of moving it. */
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
  ACKNOWLEDGE(Sort.WRITE),
  READ_LEASES(Sort.QUERY),
  PUT_LEASE(Sort.WRITE),
  REMOVE_LEASE(Sort.WRITE),
  READ_CONTENTS(Sort.QUERY),
  ADD_MISSING(Sort.WRITE);

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
