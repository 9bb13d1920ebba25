package dev.tokenlife.crypto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Whole numbers in byte arrays, most significant byte first. */
final class Longs {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

  private Longs() {}

  static long get(byte[] bytes, int at) {
    return (long) LONG.get(bytes, at);
  }

  static int put(byte[] bytes, int at, long value) {
    LONG.set(bytes, at, value);
    return at + 8;
  }

  static int getInt(byte[] bytes, int at) {
    return (int) INT.get(bytes, at);
  }

  static int putInt(byte[] bytes, int at, int value) {
    INT.set(bytes, at, value);
    return at + 4;
  }

  /** Reads 6 bytes, the size of a time in milliseconds. */
  static long get48(byte[] bytes, int at) {
    return (Integer.toUnsignedLong(getInt(bytes, at)) << 16)
        | ((short) SHORT.get(bytes, at + 4) & 0xFFFF);
  }

  /** Writes the low 6 bytes of a number and returns where they end. */
  static int put48(byte[] bytes, int at, long value) {
    INT.set(bytes, at, (int) (value >>> 16));
    SHORT.set(bytes, at + 4, (short) value);
    return at + 6;
  }
}
