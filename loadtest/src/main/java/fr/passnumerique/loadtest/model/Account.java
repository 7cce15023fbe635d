package fr.passnumerique.loadtest.model;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The ring-fenced account: what is known of it, day by day, and what the bank says it closes with.
 */
final class Account {
  private final List<Movement> movements = new ArrayList<>();

  /** By closing day; of two that close on one day the later to be imported. */
  private final Map<LocalDate, Long> closings = new TreeMap<>();

  /** What nobody could explain when it was read, in the order in which it was recorded. */
  final List<Unexplained> unexplained = new ArrayList<>();

  /** What came or went, on the day that the bank gives it, or a clerk until the bank does. */
  static final class Movement {
    LocalDate on;
    final long cents;

    Movement(LocalDate on, long cents) {
      this.on = on;
      this.cents = cents;
    }
  }

  static final class Unexplained {
    final long cents;
    final LocalDate bookedOn;

    /** How a clerk explained it; empty while nobody has. */
    String explained = "";

    /** It and another make up for each other, and both stay on the account. */
    boolean offset;

    Unexplained(long cents, LocalDate bookedOn) {
      this.cents = cents;
      this.bookedOn = bookedOn;
    }

    /** Whether it is nobody's. */
    boolean stands() {
      return explained.isEmpty() || offset;
    }
  }

  Movement move(LocalDate on, long cents) {
    Movement movement = new Movement(on, cents);
    movements.add(movement);
    return movement;
  }

  void close(LocalDate on, long cents) {
    closings.put(on, cents);
  }

  long onIt(Map<Pot, Long> pots) {
    return pots.entrySet().stream()
        .filter(pot -> pot.getKey().kind().equals("BANK"))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** What is nobody's: below zero if more went than came. */
  long unexplained() {
    return unexplained.stream().filter(Unexplained::stands).mapToLong(one -> one.cents).sum();
  }

  /** What the bank took, and neither a clerk nor a credit of the bank makes up for. */
  long taken() {
    return unexplained.stream()
        .filter(one -> one.explained.isEmpty() && one.cents < 0)
        .mapToLong(one -> -one.cents)
        .sum();
  }

  /** The first closing balance that is not what is known, else the last. */
  String proof() {
    String last = "unproven, no statement";
    for (Map.Entry<LocalDate, Long> closing : closings.entrySet()) {
      long known =
          movements.stream()
              .filter(movement -> !movement.on.isAfter(closing.getKey()))
              .mapToLong(movement -> movement.cents)
              .sum();
      boolean proven = known == closing.getValue();
      last =
          "%s on %s: %d of %d"
              .formatted(
                  proven ? "proven" : "unproven", closing.getKey(), known, closing.getValue());
      if (!proven) {
        return last;
      }
    }
    return last;
  }
}
