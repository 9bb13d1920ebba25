package dev.tokenlife.crypto;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.crypto.DirectEncrypter;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A sealed token beside nothing but AES-256-GCM over the same bytes, Nimbus JOSE and Tink. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
@Fork(1)
public class SealedTokenBench {
  private static final String PARTITION = "session-2030-01-01-hall-7";
  private static final String PAYLOAD =
      "{\"session\":\"2030-01-01-hall-7\",\"wall\":\"main\",\"mode\":\"LATE\",\"round\":120}";
  private static final byte[] PLAIN = PAYLOAD.getBytes(StandardCharsets.UTF_8);

  private final SecureRandom random = new SecureRandom();
  private final byte[] associated =
      new Fields()
          .number(2)
          .number(1)
          .text("sealed-token")
          .text(PARTITION)
          .text("LATE")
          .text("")
          .copy();
  private final byte[] framed = new byte[PLAIN.length + SealedPayload.HEAD];
  private SealedTokens tokens;
  private String token;
  private SecretKeySpec key;
  private Cipher sealCipher;
  private Cipher openCipher;
  private byte[] bareSealed;
  private JWEHeader joseHeader;
  private DirectEncrypter joseEncrypter;
  private DirectDecrypter joseDecrypter;
  private String joseToken;
  private Aead tink;
  private byte[] tinkToken;

  @Setup
  public void setUp() throws Exception {
    tokens =
        SealedTokens.builder(KeyRing.of(1, KeyRing.newKey()))
            .type("LATE")
            .ttl(Duration.ofHours(1))
            .build();
    token = tokens.seal(PARTITION, PAYLOAD);
    key = new SecretKeySpec(new byte[32], "AES");
    sealCipher = Cipher.getInstance("AES/GCM/NoPadding");
    openCipher = Cipher.getInstance("AES/GCM/NoPadding");
    bareSealed = bareSeal();
    joseHeader = new JWEHeader(JWEAlgorithm.DIR, EncryptionMethod.A256GCM);
    joseEncrypter = new DirectEncrypter(key);
    joseDecrypter = new DirectDecrypter(key);
    joseToken = joseSeal();
    AeadConfig.register();
    tink =
        KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM)
            .getPrimitive(RegistryConfiguration.get(), Aead.class);
    tinkToken = tinkSeal();
  }

  /** Nonce drawn, cipher kept, result as nonce, cipher text and tag: what any sealing has to do. */
  @Benchmark
  public byte[] bareSeal() throws Exception {
    byte[] fresh = new byte[12];
    random.nextBytes(fresh);
    sealCipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, fresh));
    sealCipher.updateAAD(associated);
    byte[] out = new byte[12 + framed.length + 16];
    System.arraycopy(fresh, 0, out, 0, 12);
    sealCipher.doFinal(framed, 0, framed.length, out, 12);
    return out;
  }

  @Benchmark
  public byte[] bareOpen() throws Exception {
    openCipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(128, bareSealed, 0, 12));
    openCipher.updateAAD(associated);
    return openCipher.doFinal(bareSealed, 12, bareSealed.length - 12);
  }

  @Benchmark
  public String seal() {
    return tokens.seal(PARTITION, PAYLOAD);
  }

  @Benchmark
  public Opening open() {
    return tokens.open(token, PARTITION);
  }

  @Benchmark
  public String joseSeal() throws Exception {
    JWEObject jwe = new JWEObject(joseHeader, new Payload(PAYLOAD));
    jwe.encrypt(joseEncrypter);
    return jwe.serialize();
  }

  @Benchmark
  public String joseOpen() throws Exception {
    JWEObject jwe = JWEObject.parse(joseToken);
    jwe.decrypt(joseDecrypter);
    return jwe.getPayload().toString();
  }

  @Benchmark
  public byte[] tinkSeal() throws Exception {
    return tink.encrypt(framed, associated);
  }

  @Benchmark
  public byte[] tinkOpen() throws Exception {
    return tink.decrypt(tinkToken, associated);
  }
}
