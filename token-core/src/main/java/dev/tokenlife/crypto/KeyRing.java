package dev.tokenlife.crypto;

import dev.tokenlife.model.Secret;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Named master secrets, one of them the primary one: it makes everything new, the others still
 * verify and open. A separate key is derived (HKDF, RFC 5869) for each purpose.
 *
 * <p>A rotation has three steps, each on every process before the next is taken on any: {@link
 * #add} the new key, {@link #promote} it, and {@link #retire} the old one when nothing stored names
 * it any more. Until then every unexpired token verifies; afterwards none of that key does. Instead
 * of the three calls a ring may be {@link #load loaded} from a text and {@link #reload reloaded}.
 *
 * <p>Key ids are unsigned 32-bit numbers; 0 is not one. Safe for use by many threads: a change is
 * one atomic step from one immutable state to the next, reads take no lock, a refused change leaves
 * the ring as it was. A ring prints its ids and nothing else.
 */
public final class KeyRing {
  private final @Nullable Supplier<Secret> source;
  private volatile RingKeys keys;

  private KeyRing(RingKeys keys, @Nullable Supplier<Secret> source) {
    this.keys = keys;
    this.source = source;
  }

  /**
   * Makes a ring of one random key that dies with this process; good only for a store that does so
   * too, see {@link #isGenerated}.
   */
  public static KeyRing generate() {
    byte[] master = Base64.getDecoder().decode(newKey().reveal());
    RingKey key = new RingKey(1, master, true);
    return new KeyRing(RingKeys.of(List.of(key), key), null);
  }

  /**
   * Makes a ring of one key.
   *
   * @param base64 at least 32 random bytes, as {@code openssl rand -base64 32} prints them
   * @throws KeyRefusedException if the secret is weak or malformed
   */
  public static KeyRing of(int keyId, Secret base64) {
    RingKey key = KeyText.key(keyId, base64);
    return new KeyRing(RingKeys.of(List.of(key), key), null);
  }

  /**
   * Loads a ring from the environment, a file or a vault; {@link KeySources} has the first two.
   *
   * @param source gives {@code id:base64}, several separated by commas, spaces or line ends; the
   *     first is the primary key unless another is marked with a star ({@code *2:...}). It is asked
   *     now and by every {@link #reload}; what it throws is thrown
   * @throws KeyRefusedException if a secret is weak, or the text malformed
   */
  public static KeyRing load(Supplier<Secret> source) {
    return new KeyRing(KeyText.parse(source.get()), source);
  }

  /** Returns a new random key as base64, for {@link #of}, {@link #add} or a file. */
  public static Secret newKey() {
    SecureRandom random = new SecureRandom();
    byte[] master = new byte[KeyStrength.MIN_BYTES];
    String text;
    do {
      random.nextBytes(master);
      text = Base64.getEncoder().encodeToString(master);
    } while (KeyStrength.flaw(master, text) != null);
    return Secret.of(text);
  }

  /**
   * Adds a key that verifies and opens from now on and makes nothing yet.
   *
   * @throws KeyRefusedException if the secret is weak or the id is in use
   */
  public void add(int keyId, Secret base64) {
    RingKey key = KeyText.key(keyId, base64);
    change(now -> now.with(key));
  }

  /**
   * Makes a key of the ring the primary one. Chains move to it as they advance; secrets at rest as
   * they are written.
   *
   * @throws KeyRefusedException if the ring does not have it
   */
  public void promote(int keyId) {
    change(now -> now.promoted(existing(now, keyId)));
  }

  /**
   * Removes a key; tokens made with it verify no more.
   *
   * <p>Promote another key on every process first and let a token's life pass: a process that still
   * has the old primary key may write a row after {@code rowsNaming} looked.
   *
   * @param rowsNaming whether any stored row names this key, see {@link KeyUse#in}; called without
   *     a lock, so it may read the store
   * @throws KeyRefusedException if the key is the primary one, unknown or named by stored rows
   */
  public void retire(int keyId, IntPredicate rowsNaming) {
    requireRetirable(keys, keyId);
    refuseNamed(keyId, rowsNaming);
    change(
        now -> {
          requireRetirable(now, keyId);
          return now.without(keyId);
        });
  }

  /**
   * Asks the source again and takes over what it says, all or nothing. Keys it names no more are
   * retired under the rule of {@link #retire}; keys given by {@link #add} alone count as such.
   *
   * @throws KeyRefusedException if a vanished key is named by stored rows, a secret changed under
   *     its id, is weak, or the text is malformed
   * @throws IllegalStateException if the ring was not loaded from a source
   */
  public void reload(IntPredicate rowsNaming) {
    if (source == null) {
      throw new IllegalStateException("only a ring made by KeyRing.load can be reloaded");
    }
    RingKeys loaded = KeyText.parse(source.get());
    while (true) {
      RingKeys now = keys;
      RingKeys next = loaded.keeping(now);
      for (RingKey key : now.list()) {
        if (next.find(key.id) == null) {
          refuseNamed(key.id, rowsNaming);
        }
      }
      if (replace(now, next)) {
        return;
      }
    }
  }

  /** Returns the id of the key that makes everything new. */
  public int primaryId() {
    return keys.primary.id;
  }

  /** Returns whether the ring has this key. */
  public boolean has(int keyId) {
    return find(keyId) != null;
  }

  /** Returns the ids of all keys, in the order they were given; unsigned. */
  public List<Integer> keyIds() {
    return keys.list().stream().map(key -> key.id).toList();
  }

  /** Returns whether a key of this ring was generated here, so that no other process has it. */
  public boolean isGenerated() {
    return keys.list().stream().anyMatch(key -> key.generated);
  }

  RingKey primary() {
    return keys.primary;
  }

  @Nullable RingKey find(int keyId) {
    return keys.find(keyId);
  }

  private synchronized void change(UnaryOperator<RingKeys> step) {
    keys = step.apply(keys);
  }

  private synchronized boolean replace(RingKeys expected, RingKeys next) {
    if (keys != expected) {
      return false;
    }
    keys = next;
    return true;
  }

  private static RingKey existing(RingKeys now, int keyId) {
    RingKey key = now.find(keyId);
    if (key == null) {
      throw new KeyRefusedException(
          "the ring has no key " + Integer.toUnsignedString(keyId) + ": add it first");
    }
    return key;
  }

  private static void requireRetirable(RingKeys now, int keyId) {
    if (existing(now, keyId) == now.primary) {
      throw new KeyRefusedException(
          "key " + now.primary + " is the primary one: promote another before retiring it");
    }
  }

  private static void refuseNamed(int keyId, IntPredicate rowsNaming) {
    if (rowsNaming.test(keyId)) {
      throw new KeyRefusedException(
          "key "
              + Integer.toUnsignedString(keyId)
              + " is named by stored rows: it retires after their chains have advanced or ended,"
              + " and after stored secrets were sealed again (reseal of Tokens or Chains)");
    }
  }

  @Override
  public String toString() {
    return "KeyRing[" + keys + "]";
  }
}
