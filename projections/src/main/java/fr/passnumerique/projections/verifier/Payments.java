package fr.passnumerique.projections.verifier;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * That a slip is recorded as its venue's, and that transfers pay slips: those of the venue, no more
 * than was accepted and was neither netted nor reversed before it was paid, and to the end what
 * they were opened with.
 */
final class Payments {
  private static final String REMEDY = "ask the operator for the slip and the bank's statement";

  private final Findings findings;
  private final Map<Long, Slip> slips = new HashMap<>();

  private final Map<String, Transfer> transfers = new HashMap<>();

  /** Of runs whose file was not handed out: these alone can be cancelled. */
  private final Map<String, List<Ordered>> transfersOfRun = new HashMap<>();

  /** Transfers that have an end: a cancellation of their run keeps them. */
  private final Set<String> ended = new HashSet<>();

  /** Of runs that are not released: what goes with them if they are cancelled. */
  private final Map<String, List<JsonNode>> nettings = new HashMap<>();

  /** What of a run's cancellation is told so far: it may come in several facts. */
  private final Map<String, Map<String, Long>> cancelled = new HashMap<>();

  /**
   * @param parts what it pays, canonically
   * @param slips the slips that it pays, with cents
   */
  private record Transfer(Map<String, Long> parts, Map<String, Long> slips) {}

  private record Ordered(String name, Transfer transfer, JsonNode slips) {}

  private static final class Slip {
    final String venue;
    final String reference;
    long owed;

    /** Or netted: in either way it can be paid no more. */
    long paid;

    /** Cents of lines that were reversed and that nobody had paid, by cheque. */
    final Map<String, Long> reversed = new HashMap<>();

    Slip(String venue, String reference, long owed) {
      this.venue = venue;
      this.reference = reference;
      this.owed = owed;
    }

    long payable() {
      return owed - reversed.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  Payments(Findings findings) {
    this.findings = findings;
  }

  void check(ExportedRow row, JsonNode fact) {
    long position = row.position();
    switch (row.type()) {
      case "SlipJudged" -> slip(row, fact);
      case "SlipWithdrawn" -> withdraw(position, fact);
      case "LinesReversed" -> {
        for (JsonNode line : fact.path("lines")) {
          // Of others the transfer that took them tells whether they are owed again.
          if (line.path("standing").asString("").equals("OWED")) {
            neverPaid(fact.path("slip").asLong(0), line);
          }
        }
      }
      // What is owed again stands at its own position, and is paid there.
      case "ReversalLifted" ->
          slips.put(
              position,
              new Slip(
                  fact.path("venue").asString(""),
                  fact.path("reference").asString(""),
                  fact.path("owedAgain")
                      .valueStream()
                      .mapToLong(line -> Totals.sum(line.path("parts")))
                      .reduce(0, Math::addExact)));
      case "SettlementRunOpened", "SettlementRunContinued" -> {
        for (JsonNode transfer : fact.path("transfers")) {
          transfersOfRun
              .computeIfAbsent(fact.path("run").asString(""), _ -> new ArrayList<>())
              .add(
                  new Ordered(
                      transfer.path("transfer").asString(""),
                      open(position, transfer),
                      transfer.path("slips")));
        }
        for (JsonNode netting : fact.path("nettings")) {
          nettings
              .computeIfAbsent(fact.path("run").asString(""), _ -> new ArrayList<>())
              .add(netting);
          pay(position, netting.path("slips"), 1);
        }
      }
      // From here on what is netted is undone with its transfer alone.
      case "SettlementRunReleased" -> nettings.remove(fact.path("run").asString(""));
      // From here on it can be cancelled no more.
      case "CreditTransferFileDownloaded" -> transfersOfRun.remove(fact.path("run").asString(""));
      case "SettlementRunCancelled" -> cancel(position, fact);
      case "TransferConfirmed", "TransferExecuted", "TransferDebited" -> end(position, fact);
      case "TransferDebitTakenBack" -> {
        end(position, fact);
        if (!fact.hasNonNull("executedOn")) {
          ended.remove(fact.path("transfer").asString(""));
        }
      }
      case "TransferExecutionTakenBack" -> {
        end(position, fact);
        ended.remove(fact.path("transfer").asString(""));
      }
      case "TransferRejected", "TransferReturned" -> {
        end(position, fact);
        requireSlips(position, fact);
        pay(position, fact.path("slips"), -1);
        if (row.type().equals("TransferRejected")) {
          comeToNothing(position, fact);
        }
      }
      case "TransferReinstated" -> {
        end(position, fact);
        requireSlips(position, fact);
        for (JsonNode line : fact.path("voided")) {
          Slip slip = slips.get(line.path("slip").asLong(0));
          if (slip != null) {
            slip.reversed.remove(line.path("cheque").asString(""));
          }
        }
        pay(position, fact.path("slips"), 1);
      }
      default -> {}
    }
  }

  private void slip(ExportedRow row, JsonNode fact) {
    String venue = fact.path("venue").asString("");
    String reference = fact.path("reference").asString("");
    if (!row.tags().contains("slip:" + venue + "/" + reference)) {
      add(
          row.position(),
          "slip %s of venue %s is recorded under %s".formatted(reference, venue, row.tags()));
    }
    slips.put(row.position(), new Slip(venue, reference, Totals.sum(fact.path("owed"))));
  }

  /** From here on nothing of it may be paid. */
  private void withdraw(long position, JsonNode fact) {
    String venue = fact.path("venue").asString("");
    String reference = fact.path("reference").asString("");
    Slip slip = slips.get(fact.path("slip").asLong(0));
    if (slip == null || !slip.venue.equals(venue) || !slip.reference.equals(reference)) {
      add(
          position,
          "venue %s takes back slip %s, which is not at position %s"
              .formatted(venue, reference, fact.path("slip")));
      return;
    }
    long withdrawn = Totals.sum(fact.path("owed"));
    if (withdrawn != slip.owed || slip.paid != 0) {
      add(
          position,
          "of slip %s of venue %s %d cents are taken back, %d were accepted and %d are paid"
              .formatted(reference, venue, withdrawn, slip.owed, slip.paid));
    }
    slip.owed = 0;
  }

  /** All that its transfers without an end were to pay is owed again. */
  private void cancel(long position, JsonNode fact) {
    String run = fact.path("run").asString("");
    List<Ordered> all = transfersOfRun.getOrDefault(run, List.of());
    List<Ordered> opened = all.stream().filter(one -> !ended.contains(one.name())).toList();
    if (fact.path("part").asInt(1) == 1) {
      Set<String> kept = new TreeSet<>();
      fact.path("kept").forEach(name -> kept.add(name.asString("")));
      Set<String> paid = new TreeSet<>();
      all.stream().map(Ordered::name).filter(ended::contains).forEach(paid::add);
      if (!kept.equals(paid)) {
        add(
            position,
            "run %s is cancelled but for transfers %s, and those that have an end are %s"
                .formatted(run, kept, paid));
      }
      opened.forEach(ordered -> pay(position, ordered.slips(), -1));
      for (JsonNode netting : nettings.getOrDefault(run, List.of())) {
        pay(position, netting.path("slips"), -1);
      }
      nettings.remove(run);
      comeToNothing(position, fact);
    }
    Map<String, Long> told = cancelled.computeIfAbsent(run, _ -> new TreeMap<>());
    parts(fact.path("parts")).forEach((part, cents) -> told.merge(part, cents, Math::addExact));
    if (fact.path("part").asInt(1) < fact.path("ofParts").asInt(1)) {
      return;
    }
    Map<String, Long> expected = new TreeMap<>();
    opened.forEach(
        ordered ->
            ordered
                .transfer()
                .parts()
                .forEach((part, cents) -> expected.merge(part, cents, Math::addExact)));
    if (!told.equals(expected)) {
      add(
          position,
          "run %s is cancelled with %s and was opened with %s".formatted(run, told, expected));
    }
    transfersOfRun.remove(run);
    cancelled.remove(run);
  }

  /** Transfers that are not paid undo what was netted with them, and owe no line that is void. */
  private void comeToNothing(long position, JsonNode fact) {
    for (JsonNode netting : fact.path("nettings")) {
      pay(position, netting.path("slips"), -1);
    }
    for (JsonNode line : fact.path("voided")) {
      neverPaid(line.path("slip").asLong(0), line);
    }
  }

  private void neverPaid(long at, JsonNode line) {
    Slip slip = slips.get(at);
    if (slip != null) {
      slip.reversed.put(line.path("cheque").asString(""), Totals.sum(line.path("parts")));
    }
  }

  private void requireSlips(long position, JsonNode fact) {
    String name = fact.path("transfer").asString("");
    Transfer transfer = transfers.get(name);
    Map<String, Long> told = slips(fact.path("slips"));
    if (transfer != null && !told.equals(transfer.slips())) {
      add(
          position,
          "transfer %s paid slips %s and here they are %s".formatted(name, transfer.slips(), told));
    }
  }

  private static Map<String, Long> slips(JsonNode paid) {
    Map<String, Long> slips = new TreeMap<>();
    for (JsonNode one : paid) {
      slips.merge(
          one.path("position").asLong(0) + " " + one.path("venue").asString(""),
          one.path("cents").asLong(0),
          Math::addExact);
    }
    return slips;
  }

  private Transfer open(long position, JsonNode transfer) {
    Map<String, Long> parts = parts(transfer.path("parts"));
    Transfer opened = new Transfer(parts, slips(transfer.path("slips")));
    transfers.put(transfer.path("transfer").asString(""), opened);
    Map<String, Long> bySlips = new TreeMap<>();
    for (JsonNode slip : transfer.path("slips")) {
      bySlips.merge(slip.path("venue").asString(""), slip.path("cents").asLong(0), Math::addExact);
    }
    Map<String, Long> byParts = new TreeMap<>();
    for (JsonNode part : transfer.path("parts")) {
      byParts.merge(
          part.path("venue").asString(""),
          part.path("spent").path("cents").asLong(0),
          Math::addExact);
    }
    if (!bySlips.equals(byParts)) {
      add(
          position,
          "transfer %s pays by its slips %s and by its parts %s"
              .formatted(transfer.path("transfer").asString(""), bySlips, byParts));
    }
    pay(position, transfer.path("slips"), 1);
    return opened;
  }

  private void end(long position, JsonNode fact) {
    String transfer = fact.path("transfer").asString("");
    ended.add(transfer);
    Transfer known = transfers.get(transfer);
    Map<String, Long> opened = known == null ? Map.of() : known.parts();
    Map<String, Long> ended = parts(fact.path("parts"));
    if (known == null || !ended.equals(opened)) {
      add(
          position,
          "transfer %s ends with %s and was opened with %s".formatted(transfer, ended, opened));
    }
  }

  private void pay(long position, JsonNode paid, int sign) {
    for (JsonNode one : paid) {
      long at = one.path("position").asLong(0);
      Slip slip = slips.get(at);
      String venue = one.path("venue").asString("");
      if (slip == null
          || !slip.venue.equals(venue)
          || !slip.reference.equals(one.path("reference").asString(""))) {
        add(
            position,
            "it pays venue %s a slip at position %d that is not there".formatted(venue, at));
        continue;
      }
      slip.paid = Math.addExact(slip.paid, sign * one.path("cents").asLong(0));
      if (slip.paid > slip.payable() || slip.paid < 0) {
        add(
            position,
            "of slip %s of venue %s %d cents are paid, %d were accepted and not reversed"
                .formatted(slip.reference, venue, slip.paid, slip.payable()));
      }
    }
  }

  private static Map<String, Long> parts(JsonNode parts) {
    Map<String, Long> byVenueAndShare = new TreeMap<>();
    for (JsonNode part : parts) {
      Share.told(List.of(part.path("spent")), true)
          .forEach(
              (share, cents) ->
                  byVenueAndShare.merge(
                      part.path("venue").asString("") + " " + share, cents, Math::addExact));
    }
    return byVenueAndShare;
  }

  private void add(long position, String value) {
    findings.add(position, Check.VENUE, value, REMEDY);
  }
}
