package fr.passnumerique.projections.verifier;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Whether the ledger has, at the end of each day that a statement of the bank closes, what the bank
 * says. By the bank's days: a statement may come before the notice of its bookings, or after.
 *
 * <p>Where it has not, cover is unproven, and an honest ledger may say so: the bank may err, or a
 * receipt that was recorded by hand never come.
 */
final class Statements {
  private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

  private final TreeMap<LocalDate, Long> movements = new TreeMap<>();
  private final TreeMap<LocalDate, List<Closing>> closings = new TreeMap<>();

  private record Closing(long position, long openingCents, long closingCents) {
    boolean leadsTo(Closing other) {
      return closingCents == other.openingCents
          && openingCents != closingCents
          && other.openingCents != other.closingCents;
    }
  }

  /**
   * A closing balance that the ledger does not have.
   *
   * @param position of the statement
   * @param ledgerCents on the account at the end of the day, by the ledger
   */
  record Unproven(long position, LocalDate day, long closingCents, long ledgerCents) {
    String sentence() {
      return "the statement that closes %s has %d cents on the account, the ledger has %d"
          .formatted(day, closingCents, ledgerCents);
    }
  }

  /**
   * @param entries what the fact posts
   */
  void check(long position, Instant recordedAt, String type, JsonNode fact, List<Entry> entries) {
    if (type.equals("BankStatementImported")) {
      closings
          .computeIfAbsent(day(fact.path("to")), _ -> new ArrayList<>())
          .add(
              new Closing(
                  position,
                  fact.path("openingCents").asLong(0),
                  fact.path("closingCents").asLong(0)));
      return;
    }
    JsonNode booked = fact.path("entry").path("bookedOn");
    if (type.equals("BankEntryProved")) {
      // What was recorded by hand stands on the clerk's day until the bank tells its own.
      move(day(fact.path("recordedFor")), -fact.path("cents").asLong(0));
      move(day(booked), fact.path("cents").asLong(0));
      return;
    }
    long cents = 0;
    for (Entry entry : entries) {
      if (entry.account().kind().equals("BANK")) {
        cents = Math.addExact(cents, entry.cents());
      }
    }
    if (cents == 0) {
      return;
    }
    move(
        switch (type) {
          case "FundsReceived" -> day(booked.isString() ? booked : fact.path("valueDate"));
          case "TransferConfirmed", "TransferDebited", "CreditNoteRefunded" ->
              day(fact.path("bookedOn"));
          case "TransferReturned", "RefundReturned" -> day(fact.path("returnedOn"));
          case "DebitNotePaid" -> day(booked.isString() ? booked : fact.path("paidOn"));
          case "BankEntryUnmatched",
              "BankEntryMatched",
              "BankEntryTakenOut",
              "ReceiptTakenBack",
              "TransferDebitTakenBack" ->
              day(booked);
          default -> LocalDate.ofInstant(recordedAt, PARIS);
        },
        cents);
  }

  private static LocalDate day(JsonNode day) {
    return LocalDate.parse(day.asString(""));
  }

  private void move(LocalDate on, long cents) {
    movements.merge(on, cents, Math::addExact);
  }

  long count() {
    return closings.values().stream().mapToLong(List::size).sum();
  }

  /**
   * By day. Of several statements that close on one day one is enough: which of them closes it is
   * the clerk's to say.
   */
  List<Unproven> unproven() {
    List<Unproven> found = new ArrayList<>();
    closings.forEach(
        (day, told) -> {
          long ledger = movements.headMap(day, true).values().stream().reduce(0L, Math::addExact);
          List<Closing> last =
              told.stream().filter(one -> told.stream().noneMatch(one::leadsTo)).toList();
          List<Closing> closing = last.isEmpty() ? told : last;
          if (closing.stream().noneMatch(one -> one.closingCents() == ledger)) {
            Closing one = closing.getLast();
            found.add(new Unproven(one.position(), day, one.closingCents(), ledger));
          }
        });
    return found;
  }
}
