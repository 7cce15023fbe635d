package fr.passnumerique.projections.verifier;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * What clerks say that funders paid in and the bank has not shown. A statement that closes on its
 * day or later proves it or not by its balance; until one does it is cash by the clerk's word
 * alone.
 */
final class ByHand {
  private final Map<String, Receipt> receipts = new HashMap<>();

  private record Receipt(long position, LocalDate on, Map<Books.Owner, Long> cents) {}

  /**
   * @param position of the first of them
   * @param whose cash it is, in words
   * @param leans whether what is to be covered is more than the cash without it
   */
  record Unseen(long position, String whose, long cents, LocalDate since, boolean leans) {
    String sentence() {
      return "%d cents %s that clerks recorded as received since %s no statement shows, and %s"
          .formatted(
              cents,
              whose,
              since,
              leans
                  ? "what is to be covered leans on them"
                  : "nothing that is to be covered leans on them");
    }
  }

  /**
   * @param entries what the fact posts
   */
  void check(long position, String type, JsonNode fact, List<Entry> entries) {
    String receipt = fact.path("receipt").asString("");
    switch (type) {
      case "FundsReceived" -> {
        if (!fact.path("entry").isObject()) {
          Map<Books.Owner, Long> cents = new HashMap<>();
          for (Entry entry : entries) {
            if (entry.account().kind().equals("BANK")) {
              cents.merge(Books.Owner.of(entry.account()), entry.cents(), Math::addExact);
            }
          }
          receipts.put(receipt, new Receipt(position, Paris.day(fact.path("valueDate")), cents));
        }
      }
      case "BankEntryProved", "ReceiptTakenBack" -> receipts.remove(receipt);
      default -> {}
    }
  }

  /**
   * By whose cash it is; at last, if none of them leans on it, all together, for what one moved on
   * to another agreement is counted there and here.
   *
   * @param closedOn last day that a statement closes
   */
  List<Unseen> after(LocalDate closedOn, Books books) {
    Map<Books.Owner, Long> cents =
        new TreeMap<>(Comparator.comparing((Books.Owner owner) -> owner.toString()));
    Map<Books.Owner, Long> first = new HashMap<>();
    for (Receipt receipt : receipts.values()) {
      if (receipt.on().isAfter(closedOn)) {
        receipt
            .cents()
            .forEach(
                (owner, part) -> {
                  cents.merge(owner, part, Math::addExact);
                  first.merge(owner, receipt.position(), Math::min);
                });
      }
    }
    List<Unseen> unseen = new ArrayList<>();
    cents.forEach(
        (owner, part) ->
            unseen.add(
                new Unseen(
                    first.getOrDefault(owner, 0L),
                    "of funder %s for agreement %s".formatted(owner.funder(), owner.agreement()),
                    part,
                    closedOn,
                    leans(books.required(owner), books.margin(owner), part))));
    long all = cents.values().stream().reduce(0L, Math::addExact);
    if (unseen.stream().noneMatch(Unseen::leans) && leans(books.required(), books.margin(), all)) {
      long earliest = first.values().stream().mapToLong(Long::longValue).min().orElse(0);
      unseen.add(new Unseen(earliest, "of all funders together", all, closedOn, true));
    }
    return unseen;
  }

  private static boolean leans(long required, long margin, long unseen) {
    return unseen > 0 && required > 0 && margin < unseen;
  }
}
