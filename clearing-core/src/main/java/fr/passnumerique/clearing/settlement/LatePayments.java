package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.ledger.ParisCalendar;
import fr.passnumerique.clearing.ledger.ReadLock;
import fr.passnumerique.clearing.settlement.LatePayment.Kind;
import fr.passnumerique.clearing.settlement.SettlementRegister.Run;
import fr.passnumerique.clearing.settlement.SettlementRegister.Stage;
import fr.passnumerique.clearing.venues.VenueId;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is paid later than 21 days after it was presented, as of a day. What the bank took
 * back since, or was reversed since, counts as what it is now: never paid, or never owed. Safe for
 * any number of threads.
 */
final class LatePayments {
  private final SettlementRegister register;
  private final ReadLock registers;

  LatePayments(SettlementRegister register, ReadLock registers) {
    this.register = register;
    this.registers = registers;
  }

  /** By venue, and the oldest first. */
  List<LatePayment> find(LocalDate asOf, Optional<VenueId> venue, Optional<SettlementRunId> run) {
    return registers.read(() -> new Finding(asOf, venue, run).find()).stream()
        .sorted(
            Comparator.comparing(LatePayment::venue)
                .thenComparing(LatePayment::presentedOn)
                .thenComparing(LatePayment::position)
                .thenComparing(late -> late.transfer().orElse("")))
        .toList();
  }

  /** Lines of a slip on one way to their payment. */
  private record Way(
      ProgrammeId programme,
      Optional<SettlementRunId> run,
      Optional<TransferId> transfer,
      Optional<LocalDate> paidOn,
      Optional<LocalDate> expectedOn) {}

  private final class Finding {
    private final LocalDate asOf;
    private final Optional<VenueId> venue;
    private final Optional<SettlementRunId> run;
    private final List<LatePayment> found = new ArrayList<>();

    Finding(LocalDate asOf, Optional<VenueId> venue, Optional<SettlementRunId> run) {
      this.asOf = asOf;
      this.venue = venue;
      this.run = run;
    }

    List<LatePayment> find() {
      if (run.isEmpty()) {
        register.programmes().forEach(this::findUnpaid);
      }
      for (Run each : register.runs()) {
        if (run.map(each.id()::equals).orElse(true) && !(each.stage() instanceof Stage.Cancelled)) {
          find(each);
        }
      }
      return found;
    }

    private void findUnpaid(ProgrammeId programme) {
      Way way =
          new Way(
              programme,
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              register.calendars().next(programme, asOf).map(TargetCalendar::next));
      register.unpaid(programme).forEach(lines -> judge(lines, way));
    }

    private void find(Run each) {
      LocalDate openedOn = ParisCalendar.dayOf(each.openedAt());
      LocalDate expected =
          each.stage() instanceof Stage.Released released
              ? released.executionOn()
              : TargetCalendar.next(openedOn);
      for (TransferId id : each.transfers()) {
        Transfer.Ordered order = register.order(id);
        SettlementRun.End end = SettlementRun.End.of(Optional.ofNullable(register.transfer(id)));
        if (order == null || end.state() != SettlementRun.State.ORDERED && end.paidOn().isEmpty()) {
          continue;
        }
        Way way =
            new Way(
                each.programme(),
                Optional.of(each.id()),
                Optional.of(id),
                end.paidOn(),
                Optional.of(expected));
        order.taken().forEach(lines -> judge(lines, way));
      }
      Way netted =
          new Way(
              each.programme(),
              Optional.of(each.id()),
              Optional.empty(),
              each.stage() instanceof Stage.Released released
                  ? Optional.of(ParisCalendar.dayOf(released.at()))
                  : Optional.empty(),
              Optional.of(expected));
      register.netted(each.id()).stream()
          .filter(netting -> !netting.undone())
          .flatMap(netting -> netting.pieces().stream())
          .forEach(lines -> judge(lines, netted));
    }

    private void judge(Unpaid lines, Way way) {
      if (!venue.map(lines.venue()::equals).orElse(true) || lines.presentedOn().isAfter(asOf)) {
        return;
      }
      LocalDate payBy = PaymentTarget.lastDay(lines.presentedOn());
      Optional<LocalDate> paidOn = way.paidOn().filter(day -> !day.isAfter(asOf));
      if (paidOn.isPresent()) {
        if (paidOn.get().isAfter(payBy)) {
          add(Kind.PAID_LATE, lines, way, payBy, paidOn.get(), paidOn.get());
        }
      } else if (asOf.isAfter(payBy)) {
        add(Kind.OPEN_LATE, lines, way, payBy, null, asOf);
      } else if (way.expectedOn().filter(payBy::isBefore).isPresent()) {
        add(Kind.WILL_BE_LATE, lines, way, payBy, null, way.expectedOn().get());
      }
    }

    private void add(
        Kind kind,
        Unpaid lines,
        Way way,
        LocalDate payBy,
        @Nullable LocalDate paidOn,
        LocalDate until) {
      found.add(
          new LatePayment(
              kind,
              way.programme().value(),
              lines.venue().value(),
              way.run().map(SettlementRunId::value),
              way.transfer().map(TransferId::value),
              lines.reference().value(),
              lines.position(),
              lines.cents(),
              lines.presentedOn(),
              payBy,
              Optional.ofNullable(paidOn),
              ChronoUnit.DAYS.between(payBy, until)));
    }
  }
}
