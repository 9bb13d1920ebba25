package dev.tokenlife.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FieldsProperties {
  @Property
  void differentTexts_giveDifferentBytes(
      @ForAll @Size(max = 4) List<String> some, @ForAll @Size(max = 4) List<String> others) {
    assertThat(bytes(some).equals(bytes(others))).isEqualTo(some.equals(others));
  }

  @Test
  void movedBorders_giveDifferentBytes() {
    assertThat(bytes(List.of("ab", "c"))).isNotEqualTo(bytes(List.of("a", "bc")));
    assertThat(bytes(List.of("a", ""))).isNotEqualTo(bytes(List.of("", "a")));
    assertThat(bytes(List.of("a"))).isNotEqualTo(bytes(List.of("a", "")));
  }

  @Test
  void unpairedSurrogates_areDifferentTexts() {
    assertThat(bytes(List.of("\ud800"))).isNotEqualTo(bytes(List.of("?")));
    assertThat(bytes(List.of("\ud800"))).isNotEqualTo(bytes(List.of("\udfff")));
    assertThat(bytes(List.of("é\ud800"))).isNotEqualTo(bytes(List.of("é?")));
  }

  @Test
  void textsOfTheBasicPlane_areUtf8() {
    String text = "aé中\u0000\u007f\u0080\u07ff\u0800\uffff";
    byte[] fields = new Fields().text(text).copy();
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    assertThat(fields).startsWith((byte) utf8.length).endsWith(utf8).hasSize(1 + utf8.length);
  }

  @Test
  void longTexts_takeALongerPrefix_andGrowTheBuffer() {
    assertThat(new Fields().text("x".repeat(127)).length()).isEqualTo(1 + 127);
    assertThat(new Fields().text("x".repeat(128)).length()).isEqualTo(5 + 128);
    Fields fields = new Fields().number(1).text("é".repeat(100_000)).text("end");
    assertThat(fields.length()).isEqualTo(9 + 5 + 200_000 + 4);
    byte[] bytes = fields.copy();
    assertThat(List.of(bytes[9], bytes[10], bytes[11], bytes[12], bytes[13]))
        .containsExactly((byte) 0x80, (byte) 0, (byte) 12, (byte) 26, (byte) 64);
    assertThat(new Fields().fields(bytes).copy()).isEqualTo(bytes);
  }

  private static List<Byte> bytes(List<String> texts) {
    Fields fields = new Fields();
    texts.forEach(fields::text);
    List<Byte> bytes = new ArrayList<>();
    for (byte one : fields.copy()) {
      bytes.add(one);
    }
    return bytes;
  }
}
