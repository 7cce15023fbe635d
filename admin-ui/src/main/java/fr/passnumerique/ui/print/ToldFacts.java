package fr.passnumerique.ui.print;

import fr.passnumerique.clearing.funding.ProgrammeDefined;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.RecordedFact;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds in the ledger what documents tell of. */
final class ToldFacts {
  private final LedgerReader ledger;

  ToldFacts(LedgerReader ledger) {
    this.ledger = ledger;
  }

  /**
   * How far the ledger is told.
   *
   * @param recordedAt null before the first fact
   */
  record Told(long position, @Nullable Instant recordedAt) {}

  Told head() {
    long head = ledger.head();
    return new Told(head, head == 0 ? null : ledger.read(head - 1, 1).getFirst().recordedAt());
  }

  /** The first fact with a tag, which is what made the thing, if it is of this kind. */
  <F extends Fact> Optional<F> first(String tag, Class<F> kind) {
    return recorded(tag).map(RecordedFact::fact).filter(kind::isInstance).map(kind::cast);
  }

  Optional<RecordedFact> recorded(String tag) {
    return ledger.tagged(Set.of(tag), 0, ledger.head(), 1).stream().findFirst();
  }

  /** For things of which little is told. */
  List<RecordedFact> all(String tag) {
    return ledger.tagged(tag);
  }

  /**
   * @param batch that a fact names
   */
  ChequesIssued batch(Batch batch) {
    return first("batch:" + batch, ChequesIssued.class)
        .orElseThrow(() -> new IllegalStateException("no fact issues batch " + batch));
  }

  /** By its public name. */
  String programme(ProgrammeId programme) {
    return first("programme:" + programme, ProgrammeDefined.class)
        .map(ProgrammeDefined::name)
        .orElse(programme.value());
  }
}
