package fr.passnumerique.clearing.redemption;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.passnumerique.clearing.distribution.ChequeRange;
import fr.passnumerique.clearing.distribution.PrescriberId;
import fr.passnumerique.clearing.http.NewestPage;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.ledger.ReadLock;
import fr.passnumerique.clearing.redemption.RedemptionRegister.Reported;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which cheques were reported lost or stolen, the newest first, and which are not replaced yet? */
public final class OppositionList {
  private final RedemptionRegister register;
  private final ReadLock registers;

  OppositionList(RedemptionRegister register, ReadLock registers) {
    this.register = register;
    this.registers = registers;
  }

  /**
   * @param position of its first fact: it keeps its place when it is approved
   * @param recordedAt UTC, of its last fact
   * @param prescriber who held or had handed out all of its cheques then; left out if nobody had
   * @param asked all that were named
   * @param cheques of these, how many
   * @param opposed of these, that can no longer be spent
   * @param accepted of these, that a slip redeemed before
   * @param replaced of the opposed ones, by now
   */
  @Schema(name = "OppositionListed")
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Row(
      OppositionId opposition,
      long position,
      Instant recordedAt,
      Opposition.Status status,
      ChequesOpposed.Reason reason,
      Optional<PrescriberId> prescriber,
      List<ChequeRange> asked,
      int cheques,
      int opposed,
      int accepted,
      int replaced,
      long dueBackCents) {}

  /**
   * @param next what the next page begins before; left out on the last
   */
  @Schema(name = "OppositionList")
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Rows(List<Row> oppositions, Optional<Long> next) {}

  /**
   * @throws Problem 404 if there is no such prescriber
   */
  void require(PrescriberId prescriber) {
    Problem.requireKnown(
        registers, "prescriber " + prescriber, () -> register.isPrescriber(prescriber));
  }

  /**
   * @param prescriber null for all
   * @param before position of the last one of the page before; null for the newest
   */
  public Rows newest(@Nullable PrescriberId prescriber, @Nullable Long before, int limit) {
    NewestPage<Reported> page =
        NewestPage.of(
            registers.read(register::oppositions).reversed().stream()
                .filter(
                    each ->
                        prescriber == null || each.holder().filter(prescriber::equals).isPresent()),
            Reported::first,
            before,
            limit);
    return new Rows(rows(page.rows()), page.next());
  }

  private List<Row> rows(List<Reported> found) {
    // One at a time: a lost parcel is thousands of cheques, and every fold waits.
    return found.stream().map(each -> registers.read(() -> row(each))).toList();
  }

  private Row row(Reported reported) {
    Opposition said = reported.opposition();
    return new Row(
        said.opposition(),
        reported.first(),
        reported.recordedAt(),
        said.status(),
        said.reason(),
        reported.holder(),
        said.asked(),
        count(said.asked()),
        count(said.opposed()),
        count(said.accepted()),
        said.opposed().stream().mapToInt(register::replacedWithin).sum(),
        said.dueBackCents());
  }

  private static int count(List<ChequeRange> ranges) {
    return ranges.stream().mapToInt(ChequeRange::count).sum();
  }
}
