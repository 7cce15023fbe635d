package fr.passnumerique.loadtest.race;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.issuance.ChequeCode;
import fr.passnumerique.clearing.ledger.LedgerUnavailableException;
import fr.passnumerique.clearing.ledger.Outcome;
import fr.passnumerique.clearing.redemption.ChequeCounter;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipReference;
import fr.passnumerique.clearing.redemption.SlipWithdrawn;
import fr.passnumerique.clearing.redemption.Verdict;
import fr.passnumerique.clearing.redemption.WithdrawSlip;
import fr.passnumerique.loadtest.race.Script.Slip;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One client of a round: plays its part of the script and writes down what it asked and was told.
 */
final class Client implements Runnable {
  private static final double LOST_ON_THE_WAY = 0.08;
  private static final int TWINS_EVERY = 5;

  private final int number;
  private final Script script;
  private final Round round;
  private final Random random;
  private final List<Taken> taken = new ArrayList<>();
  private int seat;

  /** A slip whose answer is known. */
  private record Taken(Slip slip, SlipJudged judged, long position) {}

  /** What an asked node told, in the words of {@link Call}; null if it does not know. */
  private record Told(@Nullable Taken taken, String answer) {}

  private interface Question {
    Told ask(RaceNode node);
  }

  Client(int number, Script script, Round round) {
    this.number = number;
    this.script = script;
    this.round = round;
    this.random = script.random("client", number, 0);
    this.seat = random.nextInt(round.seats());
  }

  @Override
  public void run() {
    for (int step = 0; step < Script.STEPS && !round.isOver(); step++) {
      round.reached(step);
      if (step % TWINS_EVERY == 2) {
        Slip slip = script.ofTwins(number, step);
        round.meet(slip.reference());
        submit(slip);
      } else if (step % TWINS_EVERY == 3 && step % 2 == 0) {
        Slip slip = script.ofTwins(number, step - 1);
        taken.stream()
            .filter(one -> one.slip().reference().equals(slip.reference()))
            .findFirst()
            .ifPresent(
                one -> {
                  round.meet("withdrawal of " + slip.reference());
                  withdraw(one);
                });
      } else {
        alone(step);
      }
    }
  }

  private void alone(int step) {
    int dice = random.nextInt(100);
    if (dice < 45 || taken.isEmpty()) {
      submit(script.own(number, step));
    } else if (dice < 58) {
      submit(anyTaken().slip());
    } else if (dice < 75) {
      withdraw(anyTaken());
    } else if (dice < 82) {
      reuse(anyTaken(), step);
    } else {
      check(script.anyCheque(step, random));
    }
  }

  /** A late one more often: its cheques are still wanted. */
  private Taken anyTaken() {
    int back = Math.min(random.nextInt(taken.size()), random.nextInt(taken.size()));
    return taken.get(taken.size() - 1 - back);
  }

  void submit(Slip slip) {
    Told told =
        untilAnswered(Call.Kind.SUBMIT, slip.reference(), slip.cheques(), node -> ask(node, slip));
    if (told != null && told.taken() != null) {
      taken.add(told.taken());
    }
  }

  private void reuse(Taken used, int step) {
    Slip other = script.other(used.slip(), number, step);
    untilAnswered(Call.Kind.REUSE, other.reference(), other.cheques(), node -> ask(node, other));
  }

  private Told ask(RaceNode node, Slip slip) {
    return switch (node.commands()
        .send(
            node.desk()
                .prepare(slip.place().venue(), new SlipReference(slip.reference()), slip.lines()),
            actor(slip))) {
      case Outcome.Recorded<SlipJudged>(SlipJudged judged, long position, boolean already) ->
          new Told(
              new Taken(slip, judged, position),
              "%s %d %s".formatted(already ? "AGAIN" : "NEW", position, Slips.letters(judged)));
      case Outcome.Refused<SlipJudged>(var refusal) ->
          new Told(null, "REFUSED " + refusal.code().name());
    };
  }

  private void withdraw(Taken one) {
    Slip slip = one.slip();
    untilAnswered(
        Call.Kind.WITHDRAW,
        slip.reference(),
        slip.cheques(),
        node ->
            switch (node.commands()
                .send(new WithdrawSlip(one.judged(), one.position()), actor(slip))) {
              case Outcome.Recorded<SlipWithdrawn>(
                      SlipWithdrawn withdrawn,
                      long position,
                      boolean already) ->
                  new Told(
                      null,
                      "%s %d %s"
                          .formatted(
                              already ? "AGAIN" : "NEW",
                              position,
                              Slips.letters(withdrawn, slip.cheques())));
              case Outcome.Refused<SlipWithdrawn>(var refusal) ->
                  new Told(null, "REFUSED " + refusal.code().name());
            });
  }

  private static Actor actor(Slip slip) {
    return new Actor("race", Role.VENUE, slip.place().venue().value());
  }

  void check(ChequeCode code) {
    RaceNode node = round.node(seat);
    long cheque = code.serial().key();
    long invoked = round.now();
    try {
      Verdict verdict = node.counter().check(code, ChequeCounter.Use.ANYWHERE).line().verdict();
      long answered = round.now();
      String right =
          verdict == Verdict.ACCEPTED
              ? ChequeSpecification.LIVE
              : verdict == Verdict.ALREADY_REDEEMED ? ChequeSpecification.SPENT : verdict.name();
      round.record(
          new Call(
              number,
              node.name(),
              Call.Kind.CHECK,
              Call.NONE,
              List.of(cheque),
              invoked,
              answered,
              round.bug().checked(node.name(), cheque, right)));
    } catch (LedgerUnavailableException e) {
      changeSeat();
    }
  }

  /** Asks one node after the other until the answer is known; each attempt is a call. */
  private @Nullable Told untilAnswered(
      Call.Kind kind, String slip, List<Long> cheques, Question question) {
    while (!round.isOver()) {
      RaceNode node = round.node(seat);
      long invoked = round.now();
      Told told = null;
      try {
        told = question.ask(node);
      } catch (LedgerUnavailableException e) {
        changeSeat();
        pause();
      } catch (RuntimeException e) {
        round.unexpected("%s of %s at %s: %s".formatted(kind, slip, node.name(), e));
        return null;
      }
      long answered = round.now();
      boolean lost = told != null && random.nextDouble() < LOST_ON_THE_WAY;
      round.record(
          new Call(
              number,
              node.name(),
              kind,
              slip,
              cheques,
              invoked,
              told == null || lost ? Call.NEVER : answered,
              told == null || lost ? Call.NONE : told.answer()));
      if (lost) {
        round.lost();
        if (random.nextBoolean()) {
          changeSeat();
        }
      } else if (told != null) {
        return told;
      }
    }
    return null;
  }

  private void changeSeat() {
    seat = (seat + 1) % round.seats();
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(2);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
