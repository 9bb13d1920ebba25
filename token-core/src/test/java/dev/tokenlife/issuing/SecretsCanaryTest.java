package dev.tokenlife.issuing;

import static dev.tokenlife.issuing.Stage.ROOM;
import static dev.tokenlife.issuing.Stage.TTL;
import static dev.tokenlife.issuing.Stage.accepted;
import static dev.tokenlife.issuing.Stage.given;
import static dev.tokenlife.issuing.Stage.live;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.tokenlife.Chains;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainPolicy;
import dev.tokenlife.model.ChallengeResult;
import dev.tokenlife.model.ChallengeRule;
import dev.tokenlife.model.HandOverResult;
import dev.tokenlife.model.LiveToken;
import dev.tokenlife.model.OpenRequest;
import dev.tokenlife.model.OpenResult;
import dev.tokenlife.model.Presenter;
import dev.tokenlife.testing.FaultyStore;
import dev.tokenlife.testing.StoreFault;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Every secret of a busy afternoon is looked for in everything that was said and kept. */
final class SecretsCanaryTest {
  /** Ten digits, so that a code is not met by chance. */
  private static final ChainPolicy CODED =
      ChainPolicy.builder("canary", TTL)
          .challenge(new ChallengeRule(10, Duration.ofSeconds(30), 3, 5, 10, Duration.ofMinutes(5)))
          .build();

  private final Stage stage = new Stage();
  private final FaultyStore faulty = FaultyStore.around(stage.store);
  private final Set<String> secrets = new LinkedHashSet<>();
  private final List<String> said = new ArrayList<>();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger library = (Logger) LoggerFactory.getLogger("dev.tokenlife");
  private final Chains chains =
      stage
          .node(faulty)
          .type("CANARY", CODED)
          .listener(
              event -> {
                throw new IllegalStateException("a listener that fails on " + event);
              })
          .eligibility(
              (chain, actor) -> {
                if (actor.equals("unknown")) {
                  throw new IllegalStateException("nobody knows " + actor + " of " + chain);
                }
                return true;
              })
          .build();

  @BeforeEach
  void listen() {
    library.setLevel(Level.TRACE);
    library.setAdditive(false);
    log.start();
    library.addAppender(log);
  }

  @AfterEach
  void stopListening() {
    library.detachAppender(log);
    library.setAdditive(true);
    library.setLevel(null);
  }

  @Test
  void noSecret_isInAnyLogEventExceptionTextOrRow() {
    secrets.add(Stage.KEY_1.reveal());
    say(stage.ring);
    passedOn();
    confirmed();
    family();
    broken();
    for (ILoggingEvent event : log.list) {
      say(event.getFormattedMessage());
      say(event.getKeyValuePairs());
      if (event.getThrowableProxy() != null) {
        say(ThrowableProxyUtil.asString(event.getThrowableProxy()));
      }
    }
    stage.events.events().forEach(this::say);
    stage.store.all().forEach(this::say);
    assertThat(log.list).as("the broken things were logged").isNotEmpty();
    assertThat(secrets).hasSizeGreaterThan(15);
    assertThat(said).hasSizeGreaterThan(100);
    for (String secret : secrets) {
      for (String text : said) {
        assertThat(text.contains(secret)).as("a secret in: " + text).isFalse();
        assertThat(text.contains(tail(secret))).as("half a secret in: " + text).isFalse();
      }
    }
  }

  private void passedOn() {
    ChainKey key = chains.open(ROOM, "ENTRY", "ann");
    String holder = "ann";
    for (int i = 0; i < 5; i++) {
      LiveToken token = kept(live(said(chains.poll(key, holder))));
      say(chains.handOver(ROOM, token.token().reveal(), holder));
      say(chains.handOver(ROOM, token.token().reveal(), "unknown"));
      kept(accepted(said(chains.handOver(ROOM, token.token().reveal(), "s" + i))));
      kept(accepted(said(chains.handOver(ROOM, token.token().reveal(), "s" + i))));
      say(chains.handOver(ROOM, token.token().reveal(), "mallory"));
      say(chains.handOver(ROOM, token.token().reveal() + "x", "mallory"));
      holder = "s" + i;
      stage.pass(TTL);
    }
    Watcher watcher = new Watcher();
    watcher.throwing = true;
    chains.subscribe(key, holder, watcher);
    stage.pass(TTL);
    watcher.tokens.forEach(this::kept);
    watcher.tokens.forEach(this::say);
    say(chains.reassign(key, "carl"));
    say(chains.pollHolder(ROOM, "carl"));
    say(chains.find(key));
    say(chains.list(ROOM));
    say(chains.effects().read(ROOM, 100));
    say(chains.close(key, "the end"));
  }

  private void confirmed() {
    ChainKey key = chains.open(ROOM, "CANARY", "ann");
    String token = kept(live(chains.poll(key, "ann"))).token().reveal();
    say(chains.handOver(ROOM, token, "bob"));
    ChallengeResult.Given given = given(said(chains.challenge(ROOM, token, "bob")));
    LiveToken shown = kept(live(said(chains.poll(key, "ann"))));
    say(shown.codes());
    String code = shown.codes().get(0).code().reveal();
    HandOverResult wrong = chains.answer(key, given.challengeId(), "0000000000", "bob");
    say(wrong);
    kept(accepted(said(chains.answer(key, given.challengeId(), code, "bob"))));
  }

  private void family() {
    OpenResult opened = said(chains.open(OpenRequest.of(ROOM, "FAMILY", "client").boundTo("k")));
    LiveToken first = kept(((OpenResult.Opened) opened).token().orElseThrow());
    Presenter client = new Presenter("client", null, "k");
    kept(accepted(said(chains.handOver(ROOM, first.token().reveal(), client))));
    say(chains.inspect(ROOM, first.token().reveal()));
    stage.pass(Duration.ofMinutes(1));
    say(chains.handOver(ROOM, first.token().reveal(), client));
  }

  /** Every call fails in every way once. */
  private void broken() {
    for (StoreFault fault : List.of(StoreFault.UNAVAILABLE, StoreFault.ANSWER_LOST)) {
      for (int call = 1; call <= 3; call++) {
        ChainKey key = stage.open("ENTRY");
        String token = stage.token(key, "ann");
        secrets.add(token);
        faulty.recount();
        faulty.breakCall(call, fault);
        attempt(() -> chains.handOver(ROOM, token, "bob"));
        faulty.heal();
        faulty.recount();
        faulty.breakCall(call, fault);
        attempt(() -> chains.poll(key, "bob"));
        faulty.heal();
      }
    }
  }

  private void attempt(Supplier<Object> action) {
    try {
      say(action.get());
    } catch (RuntimeException failure) {
      StringWriter text = new StringWriter();
      failure.printStackTrace(new PrintWriter(text, true));
      say(text);
    }
  }

  private <T> T said(T thing) {
    say(thing);
    return thing;
  }

  private void say(Object thing) {
    said.add(String.valueOf(thing));
  }

  private LiveToken kept(LiveToken token) {
    secrets.add(token.token().reveal());
    token.codes().forEach(code -> secrets.add(code.code().reveal()));
    return token;
  }

  private static String tail(String secret) {
    return secret.length() < 20 ? secret : secret.substring(secret.length() - 20);
  }
}
