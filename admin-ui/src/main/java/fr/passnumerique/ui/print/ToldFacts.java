package fr.passnumerique.ui.print;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.funding.ProgrammeDefined;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.funding.ReceiptId;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.clearing.redemption.ChequesReplaced;
import fr.passnumerique.clearing.redemption.ChequesReplaced.KeptDay;
import fr.passnumerique.projections.loop.ProjectionRunners;
import fr.passnumerique.ui.ledger.ThingFacts;
import fr.passnumerique.ui.ledger.ToldReceipt;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds in the ledger what documents tell of. */
final class ToldFacts {
  private final LedgerReader ledger;
  private final ProjectionRunners runners;

  ToldFacts(LedgerReader ledger, ProjectionRunners runners) {
    this.ledger = ledger;
    this.runners = runners;
  }

  /**
   * Position up to which this process has read the ledger: its registers tell as much, at least.
   */
  long known() {
    return ledger.known();
  }

  /**
   * @return null before the first fact
   */
  @Nullable Instant recordedAt(long position) {
    return position == 0 ? null : ledger.read(position - 1, 1).getFirst().recordedAt();
  }

  /**
   * What made a thing: the first fact with its tag.
   *
   * @param what with its identifier
   * @param mayRead whether it is the asker's to know; else it is as if it were not
   * @throws Problem 404, or 503 where this process cannot read the whole ledger
   */
  <F extends Fact> Recorded<F> present(
      String what, String tag, Class<F> kind, Predicate<F> mayRead) {
    return runners.present(
        () -> first(ledger.asked(), tag, kind).filter(found -> mayRead.test(found.fact())),
        what,
        "registers");
  }

  /** A fact of one kind, with where it stands. */
  record Recorded<F extends Fact>(F fact, long position, Instant recordedAt) {}

  private static <F extends Fact> Optional<Recorded<F>> first(
      LedgerReader of, String tag, Class<F> kind) {
    return of.tagged(Set.of(tag), 0, of.head(), 1).stream()
        .filter(recorded -> kind.isInstance(recorded.fact()))
        .findFirst()
        .map(
            recorded ->
                new Recorded<>(
                    kind.cast(recorded.fact()), recorded.position(), recorded.recordedAt()));
  }

  /**
   * @return as the reader may know it
   * @throws Problem as {@link #present} says
   */
  ToldReceipt receipt(ReceiptId receipt, Actor reader) {
    return runners.present(
        () -> ToldReceipt.of(ledger.asked().tagged("receipt:" + receipt), reader),
        "receipt " + receipt,
        "registers");
  }

  /**
   * @param batch that a fact names
   */
  ChequesIssued batch(Batch batch) {
    return new ThingFacts(ledger).batch(batch);
  }

  /**
   * Last days that cheques of a replacement batch keep from those that they replace; none of an
   * order's.
   */
  List<KeptDay> keptDays(ChequesIssued issued) {
    if (issued.inherited().isEmpty()) {
      return List.of();
    }
    // What they replace stands just behind their issuance.
    return ledger.tagged(Set.of("batch:" + issued.batch()), 0, ledger.head(), 2).stream()
        .map(RecordedFact::fact)
        .filter(ChequesReplaced.class::isInstance)
        .map(replaced -> ((ChequesReplaced) replaced).lastDays())
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "no fact says what batch %s replaces".formatted(issued.batch())));
  }

  /** By its public name. */
  String programme(ProgrammeId programme) {
    return first(ledger, "programme:" + programme, ProgrammeDefined.class)
        .map(found -> found.fact().name())
        .orElse(programme.value());
  }
}
