package fr.passnumerique.clearing.distribution;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.ReadLock;
import fr.passnumerique.clearing.ledger.RecordedFact;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What did a prescriber hand out, the newest first? To whom is not told to anybody: a list beside
 * the persons' references would tell which hand-outs were one person's.
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
   * @param before position of the last hand-out of the page before; null for the newest
   * @return empty if there is no such prescriber
   */
  public Optional<Rows> newest(PrescriberId prescriber, @Nullable Long before, int limit) {
    return registers
        .find(
            "prescriber " + prescriber,
            () ->
                Optional.ofNullable(register.prescriber(prescriber))
                    .map(_ -> register.handOutsOf(prescriber))
                    .map(
                        all ->
                            new Found(
                                all.count(),
                                all.newestBefore(
                                    before == null ? Long.MAX_VALUE : before, limit + 1))))
        .map(
            found -> {
              List<Row> rows = found.positions().stream().limit(limit).map(this::row).toList();
              return new Rows(
                  found.count(),
                  rows,
                  found.positions().size() > limit
                      ? Optional.of(rows.getLast().position())
                      : Optional.empty());
            });
  }

  private Row row(long position) {
    RecordedFact recorded = ledger.read(position - 1, 1).getFirst();
    ChequesHandedOut fact = (ChequesHandedOut) recorded.fact();
    int cheques = fact.cheques().stream().mapToInt(ChequeRange::count).sum();
    int left =
        registers.read(() -> register.leftOf(fact)).stream().mapToInt(ChequeRange::count).sum();
    return new Row(
        fact.handOut(),
        position,
        fact.handedOutOn(),
        Optional.of(fact.publicCode()).filter(code -> !code.isEmpty()),
        fact.cheques().stream().map(Range::of).toList(),
        cheques,
        cheques - left,
        fact.shares().stream().mapToLong(FundedCents::cents).reduce(0, Math::addExact));
  }
}
