package fr.passnumerique.clearing.distribution;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.http.ByRecord;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.ReadLock;
import fr.passnumerique.clearing.ledger.RecordedFact;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What did a prescriber hand out? To whom is not told to anybody: a list beside the persons'
 * references would tell which hand-outs were one person's.
 */
public final class HandOutList {
  private final DistributionRegister register;
  private final ReadLock registers;
  private final LedgerReader ledger;

  HandOutList(DistributionRegister register, ReadLock registers, LedgerReader ledger) {
    this.register = register;
    this.registers = registers;
    this.ledger = ledger;
  }

  /**
   * @param first serial
   * @param last serial, inclusive
   */
  @Schema(name = "HandedOutRange")
  public record Range(Batch batch, Serial first, Serial last, int cheques) {
    private static Range of(ChequeRange range) {
      return new Range(
          range.batch(),
          new Serial(range.batch(), range.first()),
          new Serial(range.batch(), range.last()),
          range.count());
    }
  }

  /**
   * @param position of its fact
   * @param publicCode left out if the programme names no publics
   * @param ranges as they were recorded, in order of serial
   * @param cheques of these, how many
   * @param correctedCheques of these, that a correction put back into stock since
   * @param cents at face value of all that were recorded
   */
  @Schema(name = "HandOutListed")
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Row(
      HandOutId handOut,
      long position,
      LocalDate handedOutOn,
      Optional<String> publicCode,
      List<Range> ranges,
      int cheques,
      int correctedCheques,
      long cents) {}

  /**
   * @param count of all hand-outs of the prescriber
   * @param next what the next page begins before; left out on the last
   */
  @Schema(name = "HandOutList")
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Rows(int count, List<Row> handOuts, Optional<Long> next) {}

  private record Found(int count, List<Long> positions) {}

  /**
   * @param after position of the last hand-out of the page before; null for the first page
   * @return empty if there is no such prescriber
   */
  public Optional<Rows> page(
      PrescriberId prescriber, ByRecord order, @Nullable Long after, int limit) {
    return registers
        .find(
            "prescriber " + prescriber,
            () ->
                Optional.ofNullable(register.prescriber(prescriber))
                    .map(_ -> register.handOutsOf(prescriber))
                    .map(all -> new Found(all.count(), all.inOrder(order, after, limit + 1))))
        .map(
            found -> {
              List<Row> rows = rows(found.positions().stream().limit(limit).toList());
              return new Rows(
                  found.count(),
                  rows,
                  found.positions().size() > limit
                      ? Optional.of(rows.getLast().position())
                      : Optional.empty());
            });
  }

  /**
   * Who has a hand-out of this reference, which stands alone on its sheet: each prescriber gives
   * its own. A look-up for each prescriber that ever handed out, of which a country has some
   * thousands.
   */
  public List<PrescriberId> prescribersOf(HandOutId handOut) {
    return registers.read(() -> register.prescribersOf(handOut));
  }

  /** The facts of a page in one query, and what is left of them in one look: they are few. */
  private List<Row> rows(List<Long> positions) {
    List<RecordedFact> facts =
        ledger.rowsAt(positions).stream()
            .map(ledger::recorded)
            .sorted(Comparator.comparingInt(fact -> positions.indexOf(fact.position())))
            .toList();
    List<List<ChequeRange>> left =
        registers.read(() -> facts.stream().map(each -> register.leftOf(fact(each))).toList());
    return IntStream.range(0, facts.size())
        .mapToObj(each -> row(facts.get(each), left.get(each)))
        .toList();
  }

  private static ChequesHandedOut fact(RecordedFact recorded) {
    return (ChequesHandedOut) recorded.fact();
  }

  private static Row row(RecordedFact recorded, List<ChequeRange> left) {
    ChequesHandedOut fact = fact(recorded);
    int cheques = count(fact.cheques());
    return new Row(
        fact.handOut(),
        recorded.position(),
        fact.handedOutOn(),
        Optional.of(fact.publicCode()).filter(code -> !code.isEmpty()),
        fact.cheques().stream().map(Range::of).toList(),
        cheques,
        cheques - count(left),
        fact.shares().stream().mapToLong(FundedCents::cents).reduce(0, Math::addExact));
  }

  private static int count(List<ChequeRange> ranges) {
    return ranges.stream().mapToInt(ChequeRange::count).sum();
  }
}
