package fr.passnumerique.ui.settlement;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.settlement.SettlementRunId;
import fr.passnumerique.clearing.settlement.SettlementRuns;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.projections.printed.PrintedNames;
import fr.passnumerique.ui.search.Finder;
import fr.passnumerique.ui.search.Found;
import fr.passnumerique.ui.search.Found.Kind;
import fr.passnumerique.ui.search.Found.Matched;
import fr.passnumerique.ui.words.Address;
import fr.passnumerique.ui.words.CauseWords;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A settlement run, and a transfer by what the bank's statement calls it: its end-to-end
 * identification. A venue is shown the remittance advice of a transfer that pays it, once its run
 * is released.
 */
final class RunFinder implements Finder {
  private final SettlementRuns runs;
  private final PrintedNames printed;

  RunFinder(SettlementRuns runs, PrintedNames printed) {
    this.runs = runs;
    this.printed = printed;
  }

  @Override
  public Stream<Found> find(String typed, Actor reader) {
    return Stream.concat(run(typed, reader), transfer(typed, reader));
  }

  private Stream<Found> run(String id, Actor reader) {
    CauseWords link = CauseWords.run(id, reader);
    return link.page() != null && named(id).filter(runs::isKnown).isPresent()
        ? Found.of(Kind.RUN, link, "", Matched.NUMBER)
        : Stream.empty();
  }

  private Stream<Found> transfer(String id, Actor reader) {
    return printed.runOfTransfer(id).stream()
        .flatMap(
            run ->
                switch (reader.role()) {
                  case CLERK, AUDITOR -> found(CauseWords.transfer(run, id, reader));
                  case VENUE ->
                      pays(run, id, reader.subject()) ? found(advice(run, id)) : Stream.empty();
                  case FUNDER, PRESCRIBER -> Stream.empty();
                });
  }

  private boolean pays(String run, String transfer, String venue) {
    return named(run)
        .flatMap(id -> runs.find(id, new TransferId(transfer)))
        .filter(SettlementRuns.FoundTransfer::released)
        .filter(
            found ->
                found.ordered().slips().stream()
                    .anyMatch(slip -> slip.venue().value().equals(venue)))
        .isPresent();
  }

  private static CauseWords advice(String run, String transfer) {
    return new CauseWords(
        "Avis de virement",
        transfer,
        Address.of(
            "/api/settlement-runs/{run}/remittance-advice.pdf?transfer={transfer}", run, transfer));
  }

  private static Stream<Found> found(CauseWords link) {
    return Found.of(Kind.TRANSFER, link, "", Matched.NUMBER);
  }

  private static Optional<SettlementRunId> named(String id) {
    try {
      return Optional.of(new SettlementRunId(id));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
