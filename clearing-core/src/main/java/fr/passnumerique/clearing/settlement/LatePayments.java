package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.ledger.ReadLock;
import fr.passnumerique.clearing.settlement.LatePayment.Kind;
import fr.passnumerique.clearing.settlement.PaymentDelays.Debt;
import fr.passnumerique.clearing.settlement.PaymentDelays.Paid;
import fr.passnumerique.clearing.settlement.SettlementRegister.Run;
import fr.passnumerique.clearing.settlement.SettlementRegister.Stage;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.clearing.venues.VenueId;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is paid later than 21 days after it was presented, as of a day: by the days of the
 * business, that is the bank's for what it paid and took back, the ledger's for what was reversed.
 * A line that is reversed before it is paid is not late any more; one that was paid late stays a
 * late payment, unless the bank took it back: then it is unpaid from that day. What the bank tells
 * later of a past day changes what is known of that day: as of a position of the ledger it is told
 * as it was known then, and the same for ever. It looks at what is unpaid and at the late payments
 * of the time asked for, whatever the age of the ledger. Safe for any number of threads.
 */
final class LatePayments {
  /** About so many are looked at under the registers' lock at once, while every fold waits. */
  private static final int AT_ONCE = 500;

  /** Before it is looked at as a whole, however long that takes. */
  private static final int TRIES = 3;

  private final SettlementRegister register;
  private final ReadLock registers;

  LatePayments(SettlementRegister register, ReadLock registers) {
    this.register = register;
    this.registers = registers;
  }

  /**
   * What is asked for. As of a past day or position it is told what was late, and not what was
   * going to be: by which way a line was to be paid then is not kept.
   *
   * @param asOf not after {@link #lastDayOf} its position
   * @param today not before {@code asOf}
   * @param since first day of the late payments that are told
   * @param run only what it pays, or paid; as of now only
   * @param position of the last fact that is looked at; empty for the ledger's last
   */
  record Asked(
      LocalDate asOf,
      LocalDate today,
      LocalDate since,
      Optional<VenueId> venue,
      Optional<SettlementRunId> run,
      Optional<Long> position) {
    /** As of all that is known. */
    Asked(
        LocalDate asOf,
        LocalDate today,
        LocalDate since,
        Optional<VenueId> venue,
        Optional<SettlementRunId> run) {
      this(asOf, today, since, venue, run, Optional.empty());
    }

    Asked {
      boolean past = asOf.isBefore(today) || position.isPresent();
      if (asOf.isAfter(today) || since.isAfter(asOf) || run.isPresent() && past) {
        throw new IllegalArgumentException(
            "nobody can tell what is late as of %s since %s on %s".formatted(asOf, since, today));
      }
    }

    boolean ofNow() {
      return asOf.equals(today) && position.isEmpty();
    }
  }

  /**
   * @param position as of which it is found, and can be found again
   * @param payments by venue, and the oldest first
   */
  record Found(long position, List<LatePayment> payments) {}

  Found find(Asked asked) {
    Found found = null;
    for (int tried = 0; tried < TRIES && found == null; tried++) {
      found = find(asked, AT_ONCE);
    }
    // What moves all the time is looked at while it stands still.
    Found any = found == null ? registers.read(() -> whole(asked)) : found;
    return new Found(any.position(), sorted(any.payments()));
  }

  private Found whole(Asked asked) {
    Finding finding = new Finding(asked);
    finding.look(Integer.MAX_VALUE);
    return finding.found();
  }

  /** Null if money has moved while it was looked at, which may be told twice then or not at all. */
  private @Nullable Found find(Asked asked, int atOnce) {
    Finding finding = registers.read(() -> new Finding(asked));
    boolean more = true;
    while (more) {
      more = registers.read(() -> finding.look(atOnce));
    }
    return finding.stands() ? finding.found() : null;
  }

  /** The last position of the ledger. */
  long head() {
    return registers.read(() -> register.delays().position());
  }

  /**
   * The day on which a fact was recorded.
   *
   * @param position 1 to the last
   */
  LocalDate recordedOn(long position) {
    return registers.read(() -> register.delays().recordedOn(position));
  }

  /**
   * The last day of which a position can tell: that of the fact that follows it; what was recorded
   * from there on is not looked at.
   *
   * @param position 0 to the last
   * @return empty for the last
   */
  Optional<LocalDate> lastDayOf(long position) {
    return registers.read(
        () ->
            position == register.delays().position()
                ? Optional.empty()
                : Optional.of(register.delays().recordedOn(position + 1)));
  }

  private static List<LatePayment> sorted(List<LatePayment> payments) {
    return payments.stream()
        .sorted(
            Comparator.comparing(LatePayment::venue)
                .thenComparing(LatePayment::presentedOn)
                .thenComparing(LatePayment::position)
                .thenComparing(late -> late.run().orElse(""))
                .thenComparing(late -> late.transfer().orElse("")))
        .toList();
  }

  /** What is not paid, and whose last day is past. */
  long openLateCents(LocalDate today) {
    return LatePaymentEndpoint.sum(
        find(new Asked(today, today, today, Optional.empty(), Optional.empty())).payments(),
        Kind.OPEN_LATE);
  }

  /** The day on which a run was opened: nothing was paid by it before. */
  Optional<LocalDate> openedOn(SettlementRunId run) {
    return registers
        .read(() -> Optional.ofNullable(register.run(run)))
        .map(known -> Paris.dayOf(known.openedAt()));
  }

  /** On which way lines are to their payment. */
  private record Way(
      ProgrammeId programme,
      Optional<SettlementRunId> run,
      Optional<TransferId> transfer,
      Optional<LocalDate> expectedOn) {}

  /** Made and gone on with while registers stand still, and in between they need not. */
  private final class Finding {
    private final Asked asked;
    private final long known;
    private final long movedAt;
    private final Iterator<PaymentDelays.OfVenue> venues;
    private final List<LatePayment> found = new ArrayList<>();
    private boolean stands = true;
    private int looked;

    /** When the next run of a programme is executed. */
    private final Map<ProgrammeId, Optional<LocalDate>> next = new HashMap<>();

    Finding(Asked asked) {
      this.asked = asked;
      this.known = asked.position().orElse(register.delays().position());
      this.movedAt = register.movedAt();
      this.venues = register.delays().venues(asked.venue()).iterator();
    }

    Found found() {
      return new Found(known, found);
    }

    /** Whether nothing has moved since it began. */
    boolean stands() {
      return stands;
    }

    /**
     * Goes on by whole venues.
     *
     * @param atOnce slips after which it stops
     * @return whether it is to go on
     */
    boolean look(int atOnce) {
      stands = register.movedAt() == movedAt;
      looked = 0;
      while (stands && venues.hasNext()) {
        look(venues.next());
        if (looked >= atOnce) {
          return true;
        }
      }
      if (stands && asked.ofNow()) {
        register.unreleased().forEach(this::judgeNetted);
      }
      return false;
    }

    private void look(PaymentDelays.OfVenue venue) {
      venue
          .paidLate(asked.since(), asked.asOf(), known)
          .filter(paid -> asked.run().map(paid.run()::equals).orElse(true))
          .forEach(this::addPaid);
      if (asked.ofNow()) {
        venue.open().forEach(this::judge);
      } else {
        venue.openOn(asked.asOf(), known).forEach(this::addOpen);
      }
      looked += 1 + venue.open().size();
    }

    private void addPaid(Paid paid) {
      Way way =
          new Way(paid.programme(), Optional.of(paid.run()), paid.transfer(), Optional.empty());
      add(Kind.PAID_LATE, paid.slip(), paid.cents(), way, paid.on(), paid.on());
    }

    private void addOpen(Debt debt) {
      Way way =
          new Way(debt.key().programme(), Optional.empty(), Optional.empty(), Optional.empty());
      add(Kind.OPEN_LATE, debt.slip(), debt.unpaidOn(asked.asOf(), known), way, null, asked.asOf());
    }

    private void judge(Debt debt) {
      ProgrammeId programme = debt.key().programme();
      long position = debt.key().position();
      if (position > known) {
        return;
      }
      Unpaid owed = register.unpaid(programme, position);
      if (owed != null) {
        Optional<LocalDate> expected =
            next.computeIfAbsent(
                programme,
                _ -> register.calendars().next(programme, asked.asOf()).map(TargetCalendar::next));
        judge(owed, owed.cents(), new Way(programme, Optional.empty(), Optional.empty(), expected));
      }
      for (Transfers.Taken taken : register.takenOf(position)) {
        if (register.transfer(taken.transfer()) instanceof Transfer.Ordered order
            && order.programme().equals(programme)) {
          judge(taken, order);
        }
      }
    }

    private void judge(Transfers.Taken taken, Transfer.Ordered order) {
      Run run = register.knownRun(order.run());
      TransferId id = taken.transfer();
      Unpaid lines = order.taken().get(taken.place());
      judge(
          lines,
          register.unreversedCents(id, lines),
          new Way(order.programme(), Optional.of(run.id()), Optional.of(id), expectedOn(run)));
    }

    private void judgeNetted(Run run) {
      Way way = new Way(run.programme(), Optional.of(run.id()), Optional.empty(), expectedOn(run));
      register.netted(run.id()).stream()
          .filter(netted -> asked.venue().map(netted.netting().venue()::equals).orElse(true))
          .flatMap(netted -> netted.pieces().stream())
          .forEach(lines -> judge(lines, lines.cents(), way));
    }

    private Optional<LocalDate> expectedOn(Run run) {
      return Optional.of(
          run.stage() instanceof Stage.Released released
              ? released.executionOn()
              : TargetCalendar.next(Paris.dayOf(run.openedAt())));
    }

    private void judge(Unpaid slip, long cents, Way way) {
      if (cents == 0 || !asked.run().map(Optional::of).map(way.run()::equals).orElse(true)) {
        return;
      }
      LocalDate payBy = PaymentTarget.lastDay(slip.presentedOn());
      if (asked.asOf().isAfter(payBy)) {
        add(Kind.OPEN_LATE, slip, cents, way, null, asked.asOf());
      } else if (way.expectedOn().filter(payBy::isBefore).isPresent()) {
        add(Kind.WILL_BE_LATE, slip, cents, way, null, way.expectedOn().get());
      }
    }

    private void add(
        Kind kind, Unpaid slip, long cents, Way way, @Nullable LocalDate paidOn, LocalDate until) {
      LocalDate payBy = PaymentTarget.lastDay(slip.presentedOn());
      found.add(
          new LatePayment(
              kind,
              way.programme().value(),
              slip.venue().value(),
              way.run().map(SettlementRunId::value),
              way.transfer().map(TransferId::value),
              slip.reference().value(),
              slip.position(),
              cents,
              slip.presentedOn(),
              payBy,
              Optional.ofNullable(paidOn),
              ChronoUnit.DAYS.between(payBy, until)));
    }
  }
}
