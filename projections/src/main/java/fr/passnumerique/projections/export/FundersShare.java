package fr.passnumerique.projections.export;

import fr.passnumerique.clearing.bookkeeping.Account;
import fr.passnumerique.clearing.bookkeeping.Postings;
import fr.passnumerique.clearing.bookkeeping.Stages;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.FactCatalogue;
import fr.passnumerique.clearing.ledger.LedgerRow;
import fr.passnumerique.projections.export.ExportLine.AccountCents;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * What of the ledger one funder is shown: the facts that name agreements it is a party to, and no
 * others, whole, because a co-financing is reconciled between its funders; and the few that name
 * nobody. Of a fact that also concerns others (a settlement run, a slip with cheques of two
 * agreements) it gets position and hash, and what it moved on its own accounts.
 *
 * <p>The chain hash covers all columns at once. So a row that is shown is proved to be what was
 * hashed there, behind the hash before it; that the hashes of hidden rows are joined to each other
 * only the whole ledger proves. A hash per column could not be added without another chain.
 *
 * <p>A fold: rows are handed over from the first on, in order.
 */
final class FundersShare {
  /** They name no agreement, and nobody that a funder may not know. */
  private static final Set<String> OF_NOBODY = Set.of("DayOpened", "ProgrammeDefined");

  private static final Set<String> SERIALS =
      Set.of("cheque", "cheques", "replaced", "opposed", "lines", "claims");

  private static final int BATCH_SYMBOLS = 5;

  private final String funder;
  private final Set<String> own = new HashSet<>();
  private final Map<String, String> agreementOfBatch = new HashMap<>();

  FundersShare(String funder) {
    this.funder = funder;
  }

  /** Whether the next row is shown whole. */
  boolean shows(LedgerRow row) {
    JsonNode fact = FactCatalogue.JSON.readTree(row.payload());
    switch (row.type()) {
      case "AgreementSigned", "AgreementAmended" -> {
        for (JsonNode share : fact.path("shares")) {
          if (share.path("funder").asString("").equals(funder)
              || share.path("preFinancier").asString("").equals(funder)) {
            own.add(fact.path("agreement").asString());
          }
        }
      }
      case "ChequesIssued" ->
          agreementOfBatch.put(fact.path("batch").asString(), fact.path("agreement").asString());
      // The cheques of its batch are of the agreement of those that they replace.
      case "ChequesReplaced" ->
          fact.path("titles")
              .valueStream()
              .map(part -> part.path("agreement").asString())
              .distinct()
              .reduce((one, other) -> "")
              .ifPresent(of -> agreementOfBatch.put(fact.path("batch").asString(), of));
      default -> {}
    }
    if (OF_NOBODY.contains(row.type())) {
      return true;
    }
    if (row.type().startsWith("Funder")) {
      return fact.path("funder").asString("").equals(funder);
    }
    Set<String> named = new HashSet<>();
    if (row.type().equals("FundsTransferred")) {
      named.add(fact.path("from").asString());
      named.add(fact.path("to").asString());
    }
    collect(fact, "", named);
    return !named.isEmpty() && own.containsAll(named);
  }

  /** The agreements that a fact names, itself or by a cheque. */
  private void collect(JsonNode node, String field, Set<String> named) {
    if (node.isObject()) {
      node.properties().forEach(property -> collect(property.getValue(), property.getKey(), named));
    } else if (node.isArray()) {
      node.forEach(element -> collect(element, field, named));
    } else if (node.isString()) {
      String text = node.asString();
      if (field.equals("agreement")) {
        named.add(text);
      } else if (field.equals("batch")) {
        named.add(agreementOf(text));
      } else if (SERIALS.contains(field) && text.length() == BATCH_SYMBOLS + 4) {
        named.add(agreementOf(text.substring(0, BATCH_SYMBOLS)));
      }
    }
  }

  /** A batch that nobody issued is not the funder's. */
  private String agreementOf(String batch) {
    return agreementOfBatch.getOrDefault(batch, "");
  }

  /** What the fact moved on the funder's own accounts, each once. */
  List<AccountCents> entries(Fact fact) {
    Map<Account, Long> moved = new LinkedHashMap<>();
    Stream.concat(Postings.of(fact).stream(), Stages.of(fact).stream())
        .filter(entry -> entry.account().funder().equals(funder))
        .forEach(entry -> moved.merge(entry.account(), entry.cents(), Math::addExact));
    return moved.entrySet().stream()
        .filter(account -> account.getValue() != 0)
        .map(account -> AccountCents.of(account.getKey(), account.getValue()))
        .toList();
  }
}
