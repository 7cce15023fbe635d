package fr.passnumerique.clearing.settlement;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.passnumerique.clearing.http.NewestPage;
import fr.passnumerique.clearing.ledger.ReadLock;
import fr.passnumerique.clearing.settlement.SettlementRegister.Run;
import fr.passnumerique.clearing.settlement.SettlementRegister.Stage;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which settlement runs are there, the newest first, and how far is each? */
public final class RunList {
  private final SettlementRegister register;
  private final ReadLock registers;

  RunList(SettlementRegister register, ReadLock registers) {
    this.register = register;
    this.registers = registers;
  }

  /**
   * @param position of the fact that opened it
   * @param openedAt UTC
   * @param executionOn the day on which the bank was asked to pay; left out of one that nobody has
   *     released
   * @param amountCents Σ of the transfers, as they were ordered
   * @param transfers how many
   * @param paid of these, by the bank's word or its booking
   * @param failed of these, rejected or come back: their amount is owed again
   * @param downloads how often its file was handed out
   */
  @Schema(name = "SettlementRunListed")
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Row(
      String run,
      String programme,
      SettlementRun.Stage stage,
      long position,
      Instant openedAt,
      Optional<LocalDate> executionOn,
      long amountCents,
      int transfers,
      int paid,
      int failed,
      int downloads) {}

  /**
   * @param count of all runs
   * @param next what the next page begins before; left out on the last
   */
  @Schema(name = "SettlementRunList")
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Rows(int count, List<Row> runs, Optional<Long> next) {}

  /**
   * @param before position of the last run of the page before; null for the newest
   */
  public Rows newest(@Nullable Long before, int limit) {
    List<Run> all =
        registers.read(
            () ->
                register.runs().stream()
                    .sorted(Comparator.comparingLong(Run::position).reversed())
                    .toList());
    NewestPage<Run> page = NewestPage.of(all.stream(), Run::position, before, limit);
    return new Rows(
        all.size(),
        registers.read(() -> page.rows().stream().map(this::row).toList()),
        page.next());
  }

  private Row row(Run run) {
    Transfers.Count count = register.count(run.id());
    return new Row(
        run.id().value(),
        run.programme().value(),
        switch (run.stage()) {
          case Stage.Opened _ -> SettlementRun.Stage.OPENED;
          case Stage.Released _ -> SettlementRun.Stage.RELEASED;
          case Stage.Cancelled _ -> SettlementRun.Stage.CANCELLED;
        },
        run.position(),
        run.openedAt(),
        run.stage() instanceof Stage.Released released
            ? Optional.of(released.executionOn())
            : Optional.empty(),
        run.amountCents(),
        run.transfers().size(),
        count.paid(),
        count.failed(),
        register.handedOut().of(run.id()).size());
  }
}
