package fr.passnumerique.projections.verifier;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * That each transfer goes to the account in force of those whom it pays, when it is ordered and
 * when it is released. Several venues may share one IBAN, which the fingerprint tells: it is paid
 * once, under the reference of one of them. An IBAN that the bank closed, by a rejection or a
 * return of its own, is in force for nobody until it is opened anew.
 */
final class Payees {
  private final Findings findings;

  /** Of each account that was ever opened. */
  private final Map<String, String> fingerprints = new HashMap<>();

  /** By whom it was opened for, the last. */
  private final Map<String, String> inForce = new HashMap<>();

  /** Fingerprints of the accounts that the bank closed and that nobody opened since. */
  private final Set<String> closed = new HashSet<>();

  /** By run or order of refunds, until it is released or cancelled. */
  private final Map<String, List<JsonNode>> unreleased = new HashMap<>();

  Payees(Findings findings) {
    this.findings = findings;
  }

  void check(long position, String type, JsonNode fact) {
    switch (type) {
      case "VenueAccountOpened" -> open("venue", fact);
      case "FunderAccountOpened" -> open("funder", fact);
      case "SettlementRunOpened", "SettlementRunContinued" ->
          order(position, "run " + fact.path("run").asString(""), fact);
      case "RefundsOrdered" -> order(position, "refunds " + fact.path("order").asString(""), fact);
      case "SettlementRunReleased" -> release(position, "run " + fact.path("run").asString(""));
      case "RefundsReleased" -> release(position, "refunds " + fact.path("order").asString(""));
      case "SettlementRunCancelled" -> unreleased.remove("run " + fact.path("run").asString(""));
      case "RefundsCancelled" -> unreleased.remove("refunds " + fact.path("order").asString(""));
      case "TransferRejected" -> close(fact.path("closedAccount"));
      case "RefundRejected" -> close(fact.path("account"));
      case "TransferReturned" -> sendBack(fact, fact.path("closedAccount"));
      case "RefundReturned" -> sendBack(fact, fact.path("account"));
      default -> {}
    }
  }

  private void order(long position, String of, JsonNode fact) {
    List<JsonNode> transfers = unreleased.computeIfAbsent(of, _ -> new ArrayList<>());
    for (JsonNode transfer : fact.path("transfers")) {
      transfers.add(transfer);
      require(position, transfer);
    }
  }

  /** Between its order and its release an account may have been closed or replaced. */
  private void release(long position, String of) {
    List<JsonNode> transfers = unreleased.remove(of);
    if (transfers != null) {
      transfers.forEach(transfer -> requireOpen(position, transfer));
    }
  }

  private void require(long position, JsonNode transfer) {
    if (transfer.has("funder")) {
      require(position, transfer, "funder", transfer.path("funder").asString(""));
    }
    for (JsonNode slip : transfer.path("slips")) {
      require(position, transfer, "venue", slip.path("venue").asString(""));
    }
  }

  /**
   * A part whose number is beyond twice their count is none of the bank's: it is what a debit left
   * that the bank tells no more, which says nothing against the account.
   */
  private void sendBack(JsonNode fact, JsonNode account) {
    JsonNode part = fact.path("entry").path("part");
    if (part.path("number").asInt(0) <= 2 * part.path("of").asInt(0)) {
      close(account);
    }
  }

  private void close(JsonNode account) {
    String fingerprint = fingerprints.get(account.asString(""));
    if (fingerprint != null) {
      closed.add(fingerprint);
    }
  }

  private void open(String kind, JsonNode fact) {
    String fingerprint = fact.path("fingerprint").asString("");
    closed.remove(fingerprint);
    fingerprints.put(fact.path("account").asString(""), fingerprint);
    inForce.put(kind + " " + fact.path(kind).asString(""), fingerprint);
  }

  private void require(long position, JsonNode transfer, String kind, String name) {
    String payee = kind + " " + name;
    String account = transfer.path("account").asString("");
    String fingerprint = fingerprints.get(account);
    if (fingerprint == null) {
      tell(position, transfer, payee, "nobody opened");
    } else if (!fingerprint.equals(inForce.get(payee))) {
      tell(position, transfer, payee, "is not the one in force");
    } else if (closed.contains(fingerprint)) {
      tell(position, transfer, payee, "the bank closed");
    }
  }

  private void requireOpen(long position, JsonNode transfer) {
    String account = transfer.path("account").asString("");
    if (closed.contains(fingerprints.getOrDefault(account, ""))) {
      tell(position, transfer, "its payees", "the bank closed before it was released");
    }
  }

  private void tell(long position, JsonNode transfer, String payee, String why) {
    findings.add(
        position,
        Check.VENUE,
        "transfer %s for %s goes to account %s, which %s"
            .formatted(
                transfer.path("transfer").asString(""),
                payee,
                transfer.path("account").asString(""),
                why),
        "ask the operator for the mandate and the bank's file");
  }
}
