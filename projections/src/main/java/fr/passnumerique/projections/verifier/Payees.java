package fr.passnumerique.projections.verifier;

import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * That each transfer goes to the account in force of those whom it pays. Several venues may share
 * one IBAN, which the fingerprint tells: it is paid once, under the reference of one of them.
 */
final class Payees {
  private final Findings findings;

  /** Of each account that was ever opened. */
  private final Map<String, String> fingerprints = new HashMap<>();

  /** By whom it was opened for, the last. */
  private final Map<String, String> inForce = new HashMap<>();

  Payees(Findings findings) {
    this.findings = findings;
  }

  void check(long position, String type, JsonNode fact) {
    switch (type) {
      case "VenueAccountOpened" -> open("venue", fact);
      case "FunderAccountOpened" -> open("funder", fact);
      case "SettlementRunOpened", "SettlementRunContinued" -> {
        for (JsonNode transfer : fact.path("transfers")) {
          for (JsonNode slip : transfer.path("slips")) {
            require(position, transfer, "venue", slip.path("venue").asString(""));
          }
        }
      }
      case "RefundsOrdered" -> {
        for (JsonNode transfer : fact.path("transfers")) {
          require(position, transfer, "funder", transfer.path("funder").asString(""));
        }
      }
      default -> {}
    }
  }

  private void open(String kind, JsonNode fact) {
    String fingerprint = fact.path("fingerprint").asString("");
    fingerprints.put(fact.path("account").asString(""), fingerprint);
    inForce.put(kind + " " + fact.path(kind).asString(""), fingerprint);
  }

  private void require(long position, JsonNode transfer, String kind, String name) {
    String payee = kind + " " + name;
    String account = transfer.path("account").asString("");
    String fingerprint = fingerprints.get(account);
    if (fingerprint == null || !fingerprint.equals(inForce.get(payee))) {
      findings.add(
          position,
          Check.VENUE,
          "transfer %s for %s goes to account %s, which %s"
              .formatted(
                  transfer.path("transfer").asString(""),
                  payee,
                  account,
                  fingerprint == null ? "nobody opened" : "is not the one in force"),
          "ask the operator for the mandate and the bank's file");
    }
  }
}
