package dev.tokenlife.examples.attendance.records;

final class MemoryAppStoreTest extends AppStoreContract {
  @Override
  protected AppStore store() {
    return new MemoryAppStore();
  }
}
