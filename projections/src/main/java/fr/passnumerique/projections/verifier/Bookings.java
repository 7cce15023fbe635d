package fr.passnumerique.projections.verifier;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * That what the bank booked is counted once: all facts that name a booking come to no more than it,
 * and in its direction. Cash that comes from nowhere, or twice from one booking, would cover what
 * it does not.
 *
 * <p>What a funder paid in is counted whole: what of it is nobody's yet is told as such.
 *
 * <p>A transfer that came back less what the bank kept is told whole, and what was kept by the fact
 * after it: so what is too much may stand for one fact. That it had not come back is told by the
 * fact that reinstates it and the one that pays it: between the entry and its payment stands one
 * that moves no money of the bank's. Of what a clerk divides among funders or receipts, each has a
 * fact of its own.
 */
final class Bookings {
  private final Findings findings;
  private final Map<String, Booking> bookings = new HashMap<>();

  /** Receipts that were recorded by hand, until the bank proves them. */
  private final Map<String, Long> byHand = new HashMap<>();

  /** First position whose row is not here as it was written; 0 if none is known. */
  private long lost;

  /** What was too much after the last fact. */
  private @Nullable Excess excess;

  /**
   * @param until the position of the fact by which it is made good
   */
  private record Excess(long position, long until, Booking booking, String value) {}

  private static final class Booking {
    final long booked;
    long counted;

    /** Position of the last receipt from it; 0 if there is none. */
    long receivedAt;

    Booking(long booked) {
      this.booked = booked;
    }
  }

  Bookings(Findings findings) {
    this.findings = findings;
  }

  /**
   * @param entries what the fact posts
   */
  void check(long position, String type, JsonNode fact, List<Entry> entries) {
    Excess before = excess;
    count(position, type, fact, entries);
    if (before != null
        && excess != null
        && before.position() == excess.position()
        && position >= excess.until()
        && !type.endsWith("Reinstated")) {
      tell();
    }
  }

  /**
   * The row that was written at this position is not here, or is another: what comes out otherwise
   * from here on may be for want of it, and is said here.
   */
  void lost(long position) {
    if (lost == 0) {
      lost = position;
    }
  }

  /** There is no fact after the last one. */
  void end() {
    tell();
    bookings.forEach(
        (name, booking) -> {
          if (booking.receivedAt > 0 && booking.counted != booking.booked) {
            add(
                Math.max(booking.receivedAt, lost),
                "of booking %s of %d cents, a receipt, %d are counted"
                    .formatted(name, booking.booked, booking.counted));
          }
          booking.receivedAt = 0;
        });
  }

  private void tell() {
    if (excess != null) {
      add(Math.max(excess.position(), lost), excess.value());
      excess = null;
    }
  }

  private void count(long position, String type, JsonNode fact, List<Entry> entries) {
    JsonNode entry = fact.path("entry");
    if (!entry.isObject()) {
      if (type.equals("FundsReceived")) {
        byHand.put(fact.path("receipt").asString(""), fact.path("amountCents").asLong(0));
      }
      if (type.equals("ReceiptTakenBack")) {
        takeBack(position, fact);
      }
      return;
    }
    prove(position, type, fact);
    if (type.equals("FundsReceived") && !fact.path("valueDate").equals(entry.path("valueOn"))) {
      add(
          position,
          "the receipt is of %s, its booking of %s"
              .formatted(fact.path("valueDate").asString(""), entry.path("valueOn").asString("")));
    }
    String name = entry.path("booking").asString("");
    long booked = entry.path("bookedCents").asLong(0);
    Booking booking = bookings.computeIfAbsent(name, _ -> new Booking(booked));
    if (booking.booked != booked) {
      add(
          position,
          "booking %s is of %d cents here and was of %d".formatted(name, booked, booking.booked));
    }
    long counted = 0;
    for (Entry posted : entries) {
      if (posted.account().kind().equals("BANK")) {
        counted = Math.addExact(counted, posted.cents());
      }
    }
    if (type.equals("BankEntryProved")) {
      // It posts nothing: what it proves was recorded by hand before.
      counted = Math.addExact(counted, fact.path("cents").asLong(0));
    }
    booking.counted = Math.addExact(booking.counted, counted);
    if (type.equals("ReceiptTakenBack")) {
      booking.receivedAt = 0;
    }
    if (type.equals("FundsReceived") && !entry.hasNonNull("part")) {
      booking.receivedAt = position;
    }
    boolean within =
        booking.booked < 0
            ? booking.counted <= 0 && booking.counted >= booking.booked
            : booking.counted >= 0 && booking.counted <= booking.booked;
    if (within && excess != null && excess.booking() == booking) {
      excess = null;
    } else if (!within && !isMadeGood(position, booking)) {
      tell();
      excess =
          new Excess(
              position,
              position + factsThatMakeItGood(type, fact),
              booking,
              "of booking %s of %d cents %d are counted"
                  .formatted(name, booking.booked, booking.counted));
    }
  }

  /** A clerk alone divides; the parts that other facts have are what they pay or bring back. */
  private static int factsThatMakeItGood(String type, JsonNode fact) {
    return type.equals("BankEntryMatched")
        ? Math.max(1, Math.max(fact.path("parts").size(), fact.path("receipts").size()))
        : 1;
  }

  /** Whether it is by facts of which more are to follow. */
  private boolean isMadeGood(long position, Booking booking) {
    return excess != null && excess.booking() == booking && position < excess.until();
  }

  private void prove(long position, String type, JsonNode fact) {
    String receipt = fact.path("receipt").asString("");
    if (!type.equals("BankEntryProved") || receipt.isEmpty()) {
      return;
    }
    Long recorded = byHand.remove(receipt);
    long cents = fact.path("cents").asLong(0);
    if (recorded == null || recorded != cents) {
      add(
          position,
          "the bank proves receipt %s of %d cents, recorded by hand were %s"
              .formatted(receipt, cents, recorded == null ? "none" : recorded));
    }
  }

  /** A clerk takes back what a clerk recorded, and what the bank has not shown. */
  private void takeBack(long position, JsonNode fact) {
    String receipt = fact.path("receipt").asString("");
    Long recorded = byHand.remove(receipt);
    long cents = fact.path("amountCents").asLong(0);
    if (recorded == null || recorded != cents) {
      add(
          position,
          "receipt %s of %d cents is taken back by hand, recorded by hand and not shown were %s"
              .formatted(receipt, cents, recorded == null ? "none" : recorded));
    }
  }

  private void add(long position, String value) {
    findings.add(position, Check.BALANCE, value, "ask the operator for the bank's statement");
  }
}
