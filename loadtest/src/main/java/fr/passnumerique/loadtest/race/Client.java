package fr.passnumerique.loadtest.race;

import fr.passnumerique.clearing.issuance.ChequeCode;
import fr.passnumerique.clearing.ledger.LedgerUnavailableException;
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

  /**
   * A slip whose answer is known.
   *
   * @param position of its fact
   */
  private record Taken(Slip slip, long position) {}

  private interface Question {
    String ask(Asked node);
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
    int back = random.nextInt(1 + random.nextInt(taken.size()));
    return taken.get(taken.size() - 1 - back);
  }

  void submit(Slip slip) {
    Call told =
        untilAnswered(
            Call.Kind.SUBMIT, slip.reference(), slip.cheques(), node -> node.submit(slip));
    if (told != null && (told.isNew() || told.isAgain())) {
      taken.add(new Taken(slip, told.position()));
    }
  }

  private void reuse(Taken used, int step) {
    Slip other = script.other(used.slip(), number, step);
    untilAnswered(Call.Kind.REUSE, other.reference(), other.cheques(), node -> node.submit(other));
  }

  private void withdraw(Taken one) {
    Slip slip = one.slip();
    untilAnswered(
        Call.Kind.WITHDRAW,
        slip.reference(),
        slip.cheques(),
        node -> node.withdraw(one.position(), slip.cheques()));
  }

  void check(ChequeCode code) {
    Asked node = round.node(seat);
    long cheque = code.serial().key();
    long invoked = round.now();
    try {
      String told = node.check(code);
      round.record(
          new Call(
              number,
              node.name(),
              Call.Kind.CHECK,
              Call.NONE,
              List.of(cheque),
              invoked,
              round.now(),
              round.bug().checked(node.name(), cheque, told)));
    } catch (LedgerUnavailableException e) {
      changeSeat();
    } catch (RuntimeException e) {
      round.unexpected("check of %s at %s: %s".formatted(code.serial(), node.name(), e));
    }
  }

  /** Asks one node after the other until the answer is known; each attempt is a call. */
  private @Nullable Call untilAnswered(
      Call.Kind kind, String slip, List<Long> cheques, Question question) {
    while (!round.isOver()) {
      Asked node = round.node(seat);
      long invoked = round.now();
      String told = Call.NONE;
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
      boolean lost = !told.equals(Call.NONE) && random.nextDouble() < LOST_ON_THE_WAY;
      boolean known = !told.equals(Call.NONE) && !lost;
      Call call =
          new Call(
              number,
              node.name(),
              kind,
              slip,
              cheques,
              invoked,
              known ? answered : Call.NEVER,
              known ? told : Call.NONE);
      round.record(call);
      if (known) {
        return call;
      }
      if (lost) {
        round.lost();
        if (random.nextBoolean()) {
          changeSeat();
        }
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
