package dev.tokenlife.issuing;

import static dev.tokenlife.issuing.Stage.ROOM;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.ChainState;
import dev.tokenlife.model.ChallengeResult;
import dev.tokenlife.model.HandOverResult;
import dev.tokenlife.model.OpenRequest;
import dev.tokenlife.model.PollResult;
import dev.tokenlife.model.PreviousToken;
import dev.tokenlife.model.Refusal;

/** What another process does to a chain between two store calls of a command. */
enum Intruder {
  /** The holder's other browser asks for the token. */
  POLLS {
    @Override
    void act(Stage stage, ChainKey key) {
      PollResult unused = stage.chains.poll(key, holder(stage, key));
    }
  },
  /** Rex takes the chain with the live token. */
  TAKES {
    @Override
    void act(Stage stage, ChainKey key) {
      String holder = holder(stage, key);
      if (!(stage.chains.poll(key, holder) instanceof PollResult.Live live)) {
        return;
      }
      String token = live.token().token().reveal();
      HandOverResult result = stage.chains.handOver(ROOM, token, "rex");
      if (result.equals(new HandOverResult.Refused(Refusal.CHALLENGE_REQUIRED))
          && stage.chains.challenge(ROOM, token, "rex") instanceof ChallengeResult.Given given) {
        HandOverResult unused =
            stage.chains.answer(key, given.challengeId(), stage.code(key, holder, "rex"), "rex");
      }
    }
  },
  /** The desk gives the chain to Rex. */
  REASSIGNS {
    @Override
    void act(Stage stage, ChainKey key) {
      stage.chains.reassign(key, "rex");
    }
  },
  /** The desk stops the chain. */
  SUSPENDS {
    @Override
    void act(Stage stage, ChainKey key) {
      stage.chains.suspend(key);
    }
  },
  /** The desk stops the chain and lets it go on. */
  RENEWS {
    @Override
    void act(Stage stage, ChainKey key) {
      stage.chains.suspend(key);
      stage.chains.resume(key);
    }
  },
  /** The desk ends the chain. */
  CLOSES {
    @Override
    void act(Stage stage, ChainKey key) {
      stage.chains.close(key, "the lesson is over");
    }
  },
  /** Somebody opens a chain of the same name. */
  OPENS {
    @Override
    void act(Stage stage, ChainKey key) {
      stage.chains.open(OpenRequest.of(ROOM, "ENTRY", "rex").named("door", "of-rex"));
      stage.chains.open(OpenRequest.of(ROOM, "ENTRY", "rex").named("door-2", "of-rex"));
    }
  };

  abstract void act(Stage stage, ChainKey key);

  /** Returns whether this intruder alone makes a row look like that. */
  boolean makes(ChainRow row) {
    return (this == SUSPENDS && row.state() == ChainState.SUSPENDED)
        || this == RENEWS
        || ((this == POLLS || this == TAKES) && isRotated(row))
        || (this == CLOSES && row.state() == ChainState.CLOSED);
  }

  private static boolean isRotated(ChainRow row) {
    return row.previous() != null && row.previous().reason() == PreviousToken.Reason.ROTATED;
  }

  private static String holder(Stage stage, ChainKey key) {
    return stage.store.find(key).map(stored -> "" + stored.row().position().holder()).orElse("ann");
  }
}
