package fr.passnumerique.clearing.reversal;

import fr.passnumerique.clearing.bank.BankEntryProved;
import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.expiry.CreditNoteIssued;
import fr.passnumerique.clearing.funding.PaidEarly;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.Register;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipJudged.SpentCents;
import fr.passnumerique.clearing.redemption.SlipReference;
import fr.passnumerique.clearing.redemption.SlipWithdrawn;
import fr.passnumerique.clearing.reversal.Reversal.Recovery;
import fr.passnumerique.clearing.reversal.Reversal.State;
import fr.passnumerique.clearing.settlement.Netting;
import fr.passnumerique.clearing.settlement.SettlementRunCancelled;
import fr.passnumerique.clearing.settlement.SettlementRunId;
import fr.passnumerique.clearing.settlement.SettlementRunOpened;
import fr.passnumerique.clearing.settlement.SettlementRunReleased;
import fr.passnumerique.clearing.settlement.TransferConfirmed;
import fr.passnumerique.clearing.settlement.TransferExecuted;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.settlement.TransferReinstated;
import fr.passnumerique.clearing.settlement.TransferRejected;
import fr.passnumerique.clearing.settlement.TransferReturned;
import fr.passnumerique.clearing.settlement.VoidedLine;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.clearing.vault.VaultReference;
import fr.passnumerique.clearing.venues.VenueId;
import fr.passnumerique.clearing.venues.VenueListed;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What became of each reversed line. */
final class ReversalRegister implements Register {
  private final Set<VenueId> venues = new HashSet<>();
  private final Set<Long> withdrawn = new HashSet<>();

  private final Map<Batch, List<Line>> ofBatches = new HashMap<>();

  /** By position of the slip's fact, the keys of its waived cheques in order. */
  private final Map<Long, long[]> waived = new HashMap<>();

  /** What runs that are neither released nor cancelled are to net, by the reversed cheque. */
  private final Map<SettlementRunId, List<Serial>> beingNetted = new HashMap<>();

  /** What transfers whose end is not known net: a rejection would claim it again. */
  private final Map<TransferId, List<Serial>> nettedBy = new HashMap<>();

  private final Map<ReversalId, Known> reversals = new LinkedHashMap<>();
  private final Map<VenueId, List<ReversalId>> ofVenues = new HashMap<>();

  /** By the reversed cheque. */
  private final Map<Serial, Line> lines = new HashMap<>();

  /** Those that somebody may be asked for, or that may be credited: few of all. */
  private final Set<Line> open = new LinkedHashSet<>();

  /** Of which the fact that is being folded says something. */
  private final List<Line> changed = new ArrayList<>();

  /** When that fact was recorded. */
  private Instant foldingAt = Instant.EPOCH;

  private final Map<DebitNoteId, Note> notes = new LinkedHashMap<>();

  /** Those that are asked for under a reference. */
  private final Map<String, DebitNoteId> byReference = new LinkedHashMap<>();

  private final Map<ReversalId, Long> dropped = new HashMap<>();
  private final Credits credits = new Credits();
  private final PaidEarly paidEarly = new PaidEarly();

  /**
   * @param position of the fact that first recorded it
   * @param contested position of the contest's fact, 0 if there is none
   * @param decided position of the decision's fact, 0 if there is none
   * @param confirmed position of the fact by which it counts, 0 while it is proposed
   */
  record Known(
      ReversalId id,
      long position,
      VenueId venue,
      SlipReference reference,
      long slip,
      List<ReversalProposed.Line> proposed,
      Reason reason,
      Optional<VaultReference> note,
      String reversedBy,
      long cents,
      State state,
      Optional<String> confirmedBy,
      Optional<Instant> reversedAt,
      Optional<LocalDate> contestUntil,
      long confirmed,
      long contested,
      Optional<VaultReference> contestNote,
      long decided,
      List<Line> lines) {
    Known contested(long at, Optional<VaultReference> why) {
      return with(State.CONTESTED, at, why, 0);
    }

    Known dropped() {
      return with(State.DROPPED, contested, contestNote, decided);
    }

    Known decided(State outcome, long at) {
      return with(outcome, contested, contestNote, at);
    }

    private Known with(State next, long contestedAt, Optional<VaultReference> why, long decidedAt) {
      return new Known(
          id,
          position,
          venue,
          reference,
          slip,
          proposed,
          reason,
          note,
          reversedBy,
          cents,
          next,
          confirmedBy,
          reversedAt,
          contestUntil,
          confirmed,
          contestedAt,
          why,
          decidedAt,
          lines);
    }
  }

  /** A reversed line and what became of its cents. */
  static final class Line {
    private final ReversalId reversal;
    private final VenueId venue;
    private final long slip;
    private final ReversedLine reversed;
    private final Instant at;
    private Recovery recovery;

    /** When a fact last said something of it, by recorded time. */
    private Instant changedAt;

    /** It was on its way to be paid when it was reversed, and may still come to nothing. */
    private boolean onItsWay;

    /** Its money is with the venue: not while it is on its way, nor since it came back. */
    private boolean paid;

    /** Recovered by a netting whose transfer may still be rejected. */
    private boolean nettedForNow;

    /** What payments of its debit note have brought, in cents: the first ones of the line. */
    private long paidOnNote;

    private Line(LinesReversed fact, ReversedLine reversed, Instant at) {
      this.reversal = fact.reversal();
      this.venue = fact.venue();
      this.slip = fact.slip();
      this.reversed = reversed;
      this.at = at;
      this.changedAt = at;
      this.recovery =
          reversed.standing() == ReversedLine.Standing.OWED ? Recovery.DUE_BACK : Recovery.CLAIMED;
      this.onItsWay = reversed.transfer().isPresent();
      this.paid = reversed.standing() == ReversedLine.Standing.PAID;
    }

    ReversalId reversal() {
      return reversal;
    }

    VenueId venue() {
      return venue;
    }

    int line() {
      return reversed.line();
    }

    Serial cheque() {
      return reversed.cheque();
    }

    ProgrammeId programme() {
      return reversed.parts().getFirst().programme();
    }

    long cents() {
      return reversed.cents();
    }

    Instant at() {
      return at;
    }

    Recovery recovery() {
      return recovery;
    }

    Instant changedAt() {
      return changedAt;
    }

    boolean isPaid() {
      return paid;
    }

    boolean isPaidAndClaimed() {
      return recovery == Recovery.CLAIMED && paid;
    }

    VoidedLine voided() {
      return new VoidedLine(venue, slip, reversed.cheque(), reversed.parts());
    }

    long paidOnNoteCents() {
      return paidOnNote;
    }

    /** What its debit note still asks for, if it is on one. */
    long openCents() {
      return recovery == Recovery.ON_DEBIT_NOTE ? cents() - paidOnNote : 0;
    }

    /**
     * Some of its cents, counted through its parts in their order. Not in proportion: shares of a
     * part payment, rounded, would not add up to those of the line.
     *
     * @param from the first, from 0
     * @param to the one after the last
     */
    VoidedLine cents(long from, long to) {
      List<SpentCents> some = new ArrayList<>();
      long begin = 0;
      for (SpentCents part : reversed.parts()) {
        long cents = Math.min(to, begin + part.cents()) - Math.max(from, begin);
        if (cents > 0) {
          some.add(part.withCents(cents));
        }
        begin += part.cents();
      }
      return new VoidedLine(venue, slip, reversed.cheque(), List.copyOf(some));
    }
  }

  /**
   * @param position of its fact
   * @param payments in the order in which they were recorded
   * @param takenBack the days for which clerks had recorded payments and took them back, each with
   *     the position of the fact that does: once for a day, for none is recorded for it again
   * @param toldNoMore the days of payments that the bank tells no more, each with the position of
   *     the last fact that says so
   */
  record Note(
      DebitNoteIssued fact,
      long position,
      List<Payment> payments,
      Map<LocalDate, Long> takenBack,
      Map<LocalDate, Long> toldNoMore) {
    Note paid(Payment payment) {
      List<Payment> all = new ArrayList<>(payments);
      all.add(payment);
      return with(all);
    }

    private Note with(List<Payment> all) {
      return new Note(fact, position, List.copyOf(all), takenBack, toldNoMore);
    }

    /** What a clerk has recorded of it and the bank has not shown: the last payment or none. */
    Optional<Payment> unshown() {
      return payments.stream().filter(payment -> !payment.shown()).reduce((_, last) -> last);
    }

    Note shown() {
      Payment proved = unshown().orElse(null);
      return with(
          payments.stream()
              .map(each -> each == proved ? new Payment(each.fact(), each.position(), true) : each)
              .toList());
    }

    /**
     * The payment that an entry is of: the one that it was recorded from, else the last that a
     * clerk had recorded.
     *
     * @param entry of the bank, or what it left to be explained
     */
    Optional<Payment> of(BankEntry entry) {
      return payments.stream()
          .filter(payment -> payment.fact().entry().filter(own -> isSame(own, entry)).isPresent())
          .findFirst()
          .or(
              () ->
                  payments.reversed().stream()
                      .filter(payment -> payment.fact().entry().isEmpty())
                      .findFirst());
    }

    private static boolean isSame(BankEntry own, BankEntry entry) {
      return own.id().equals(entry.id()) || own.toldNoMore().id().equals(entry.id());
    }

    Note without(DebitNotePaymentTakenBack back, long at) {
      Payment gone = back.entry().map(this::of).orElseGet(this::unshown).orElse(null);
      List<Payment> left = payments.stream().filter(each -> each != gone).toList();
      return back.reason().isPresent()
          ? new Note(fact, position, left, and(takenBack, back.paidOn(), at), toldNoMore)
          : new Note(fact, position, left, takenBack, and(toldNoMore, back.paidOn(), at));
    }

    private static Map<LocalDate, Long> and(Map<LocalDate, Long> days, LocalDate day, long at) {
      Map<LocalDate, Long> more = new HashMap<>(days);
      more.put(day, at);
      return more;
    }

    /** Whether a payment was recorded for the day that is there no more, whoever says so. */
    boolean isGone(LocalDate paidOn) {
      return takenBack.containsKey(paidOn) || toldNoMore.containsKey(paidOn);
    }

    long paidCents() {
      return payments.stream().mapToLong(payment -> payment.fact().cents()).sum();
    }
  }

  /**
   * @param position of its fact
   * @param shown whether the bank has told it
   */
  record Payment(DebitNotePaid fact, long position, boolean shown) {}

  // --- questions

  @Nullable Known reversal(ReversalId id) {
    return reversals.get(id);
  }

  List<Known> reversalsOf(VenueId venue) {
    return ofVenues.getOrDefault(venue, List.of()).stream().map(this::known).toList();
  }

  /** In the order in which they were first recorded. */
  List<Known> allReversals() {
    return List.copyOf(reversals.values());
  }

  /**
   * What somebody reversed of a venue without a second person: on a day of Paris, and what still
   * waits for one.
   */
  long aloneCents(VenueId venue, String by, LocalDate day) {
    return reversalsOf(venue).stream()
        .filter(known -> known.reversedBy().equals(by) && known.confirmedBy().isEmpty())
        .filter(
            known ->
                known.state() == State.PROPOSED
                    || known.reversedAt().map(Paris::dayOf).filter(day::equals).isPresent())
        .mapToLong(Known::cents)
        .reduce(0, Math::addExact);
  }

  boolean isVenue(VenueId venue) {
    return venues.contains(venue);
  }

  boolean isWithdrawn(long slip) {
    return withdrawn.contains(slip);
  }

  /** Whether nothing is owed for an accepted line, since its venue waives it. */
  boolean isWaived(long slip, Serial cheque) {
    return Arrays.binarySearch(waived.getOrDefault(slip, Fact.NO_CHEQUES), cheque.key()) >= 0;
  }

  @Nullable Line reversed(Serial cheque) {
    return lines.get(cheque);
  }

  @Nullable Note note(DebitNoteId id) {
    return notes.get(id);
  }

  /** Position of the fact by which it was given up; null if it was not. */
  @Nullable Long droppedAt(ReversalId id) {
    return dropped.get(id);
  }

  Credits credits() {
    return credits;
  }

  PaidEarly paidEarly() {
    return paidEarly;
  }

  /** The reversed lines of a batch, in the order in which they were reversed. */
  List<Line> linesOf(Batch batch) {
    return List.copyOf(ofBatches.getOrDefault(batch, List.of()));
  }

  /** Those that are claimed or due back, and not on a credit note as a whole. */
  Collection<Line> openLines() {
    return Collections.unmodifiableCollection(open);
  }

  /** Whether the venue has kept what was reversed on this day of Paris or before. */
  boolean isKeptSince(Line line, LocalDate reversedBy) {
    return line.isPaidAndClaimed() && !Paris.dayOf(line.at()).isAfter(reversedBy);
  }

  boolean isContested(Line line) {
    return known(line.reversal()).state() == State.CONTESTED;
  }

  /** Whether it is back for good, so that those who agreed the statement can be credited. */
  boolean isBackForGood(Line line, LocalDate today) {
    return line.recovery() == Recovery.DUE_BACK
        && isFinal(line)
        && isBeyondContest(line.reversal(), today);
  }

  /**
   * Since when it is back for good.
   *
   * @throws IllegalStateException if it is not
   */
  Instant backForGoodSince(Line line) {
    Known reversal = known(line.reversal());
    if (reversal.state() == State.UPHELD) {
      return line.changedAt();
    }
    Instant contested =
        Paris.startOf(
            reversal
                .contestUntil()
                .orElseThrow(() -> new IllegalStateException(line.reversal() + " is proposed"))
                .plusDays(1));
    return contested.isAfter(line.changedAt()) ? contested : line.changedAt();
  }

  /** Whether no end of a transfer can change what became of it. */
  boolean isFinal(Line line) {
    return !line.onItsWay && !line.nettedForNow;
  }

  /** Whether it is recovered by a netting that the end of a transfer may undo. */
  boolean isNettedForNow(Line line) {
    return line.nettedForNow;
  }

  /** Whether the venue contested it in vain, or did not in time. */
  boolean isBeyondContest(ReversalId id, LocalDate today) {
    Known known = known(id);
    return known.state() == State.UPHELD
        || known.state() == State.REVERSED
            && known.contestUntil().filter(today::isAfter).isPresent();
  }

  /** Those under which a debit note is asked for, or was, in the order of their issue. */
  Set<String> references() {
    return Collections.unmodifiableSet(byReference.keySet());
  }

  /** Null if none is asked for under it. */
  @Nullable Note noteOf(String reference) {
    DebitNoteId id = byReference.get(reference);
    return id == null ? null : notes.get(id);
  }

  /** What it still asks for, in cents: neither paid nor lifted since. */
  long openCents(Note note) {
    return note.fact().lines().stream().mapToLong(each -> line(each.cheque()).openCents()).sum();
  }

  /** In the order in which they were issued. */
  List<Note> allNotes() {
    return List.copyOf(notes.values());
  }

  Collection<Note> notesOf(VenueId venue) {
    return notes.values().stream().filter(note -> note.fact().venue().equals(venue)).toList();
  }

  // --- facts

  @Override
  public void fold(Fact fact, long position, Instant recordedAt) {
    credits.fold(fact, recordedAt);
    paidEarly.fold(fact);
    foldingAt = recordedAt;
    switch (fact) {
      case VenueListed f -> venues.add(f.venue());
      case SlipJudged f when !f.waivedLines().isEmpty() ->
          waived.put(
              position, f.waivedCheques().stream().mapToLong(Serial::key).sorted().toArray());
      case SlipWithdrawn f -> {
        withdrawn.add(f.slip());
        waived.remove(f.slip());
      }
      case SettlementRunOpened f ->
          f.nettings().forEach(netting -> plan(f.run(), netting.claims()));
      case SettlementRunReleased f -> {
        beingNetted.remove(f.run());
        for (Netting netting : f.nettings()) {
          recover(netting.claims(), Recovery.DUE_BACK);
          // Two venues that share an IBAN are netted in one transfer.
          netting
              .transfer()
              .ifPresent(
                  transfer -> {
                    nettedBy
                        .computeIfAbsent(transfer, _ -> new ArrayList<>())
                        .addAll(netting.claims());
                    netting.claims().forEach(cheque -> changed(cheque).nettedForNow = true);
                  });
        }
      }
      case SettlementRunCancelled f when f.part() == 1 -> {
        f.voided().forEach(this::neverPaid);
        List<Serial> claims = beingNetted.remove(f.run());
        recover(claims == null ? List.of() : claims, Recovery.CLAIMED);
        for (Netting netting : f.nettings()) {
          recover(netting.claims(), Recovery.CLAIMED);
          netting.transfer().ifPresent(this::endNettings);
        }
      }
      case TransferConfirmed f -> {
        f.voided().forEach(this::paid);
        endNettings(f.transfer());
      }
      case TransferExecuted f -> {
        f.voided().forEach(this::paid);
        endNettings(f.transfer());
      }
      case TransferRejected f -> {
        f.voided().forEach(this::neverPaid);
        f.nettings().forEach(netting -> recover(netting.claims(), Recovery.CLAIMED));
        endNettings(f.transfer());
      }
      case TransferReturned f -> f.voided().forEach(line -> changed(line.cheque()).paid = false);
      case TransferReinstated f -> f.voided().forEach(this::onItsWayAgain);
      case ReversalProposed f -> {
        reversals.put(f.reversal(), proposed(f, position));
        ofVenues.computeIfAbsent(f.venue(), _ -> new ArrayList<>()).add(f.reversal());
      }
      case ReversalDropped f -> {
        dropped.put(f.reversal(), position);
        reversals.computeIfPresent(f.reversal(), (_, known) -> known.dropped());
      }
      case LinesReversed f -> reverse(f, position, recordedAt);
      case ReversalContested f ->
          reversals.computeIfPresent(
              f.reversal(), (_, known) -> known.contested(position, f.note()));
      case ReversalUpheld f -> {
        reversals.computeIfPresent(
            f.reversal(), (_, known) -> known.decided(State.UPHELD, position));
        known(f.reversal()).lines().forEach(line -> changed(line.cheque()));
      }
      case CreditNoteIssued f -> f.recovered().forEach(line -> changed(line.cheque()));
      case ReversalLifted f -> {
        reversals.computeIfPresent(
            f.reversal(), (_, known) -> known.decided(State.LIFTED, position));
        f.owedAgain().forEach(line -> changed(line.cheque()).recovery = Recovery.OWED_AGAIN);
        Stream.concat(f.forgiven().stream(), f.unpaid().stream())
            .forEach(line -> changed(line.cheque()).recovery = Recovery.FORGIVEN);
      }
      case DebitNoteIssued f -> {
        notes.put(f.debitNote(), new Note(f, position, List.of(), Map.of(), Map.of()));
        f.reference().ifPresent(reference -> byReference.put(reference, f.debitNote()));
        f.lines().forEach(line -> changed(line.cheque()).recovery = Recovery.ON_DEBIT_NOTE);
      }
      case DebitNotePaid f -> {
        notes.computeIfPresent(
            f.debitNote(), (_, note) -> note.paid(new Payment(f, position, f.entry().isPresent())));
        f.lines().forEach(this::recovered);
      }
      case DebitNotePaymentTakenBack f -> {
        notes.computeIfPresent(f.debitNote(), (_, note) -> note.without(f, position));
        f.lines().forEach(this::askedAgain);
      }
      case BankEntryProved f ->
          f.expected()
              .filter(_ -> f.cents() > 0)
              .ifPresent(
                  note ->
                      notes.computeIfPresent(new DebitNoteId(note), (_, known) -> known.shown()));
      default -> {}
    }
    changed.forEach(this::open);
    changed.clear();
  }

  /** A line of which the fact that is folded says something. */
  private Line changed(Serial cheque) {
    Line line = line(cheque);
    line.changedAt = foldingAt;
    changed.add(line);
    return line;
  }

  private void open(Line line) {
    if (line.isPaidAndClaimed() || line.recovery == Recovery.DUE_BACK && !isCredited(line)) {
      open.add(line);
    } else {
      open.remove(line);
    }
  }

  private boolean isCredited(Line line) {
    return line.reversed.parts().stream()
        .allMatch(part -> credits.isCredited(line.cheque(), part.cashOwner()));
  }

  private void plan(SettlementRunId run, List<Serial> claims) {
    beingNetted.computeIfAbsent(run, _ -> new ArrayList<>()).addAll(claims);
    recover(claims, Recovery.BEING_NETTED);
  }

  private void endNettings(TransferId transfer) {
    List<Serial> claims = nettedBy.remove(transfer);
    if (claims != null) {
      claims.forEach(cheque -> changed(cheque).nettedForNow = false);
    }
  }

  private void recovered(VoidedLine paid) {
    Line line = changed(paid.cheque());
    line.paidOnNote += paid.parts().stream().mapToLong(SpentCents::cents).sum();
    if (line.paidOnNote >= line.cents()) {
      line.recovery = Recovery.DUE_BACK;
    }
  }

  private void askedAgain(VoidedLine again) {
    Line line = changed(again.cheque());
    line.paidOnNote -= again.parts().stream().mapToLong(SpentCents::cents).sum();
    line.recovery = Recovery.ON_DEBIT_NOTE;
  }

  private void recover(List<Serial> claims, Recovery recovery) {
    claims.forEach(cheque -> changed(cheque).recovery = recovery);
  }

  private void paid(VoidedLine voided) {
    Line line = changed(voided.cheque());
    line.onItsWay = false;
    line.paid = true;
  }

  private void neverPaid(VoidedLine voided) {
    Line line = changed(voided.cheque());
    line.onItsWay = false;
    line.recovery = Recovery.DUE_BACK;
  }

  private void onItsWayAgain(VoidedLine voided) {
    Line line = changed(voided.cheque());
    line.onItsWay = true;
    line.recovery = Recovery.CLAIMED;
  }

  private static Known proposed(ReversalProposed f, long position) {
    return new Known(
        f.reversal(),
        position,
        f.venue(),
        f.reference(),
        f.slip(),
        f.lines(),
        f.reason(),
        f.note(),
        f.proposedBy(),
        f.cents(),
        State.PROPOSED,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0,
        0,
        Optional.empty(),
        0,
        List.of());
  }

  private void reverse(LinesReversed f, long position, Instant recordedAt) {
    List<Line> reversed = new ArrayList<>();
    for (ReversedLine each : f.lines()) {
      Line line = new Line(f, each, recordedAt);
      if (lines.put(each.cheque(), line) != null) {
        throw new IllegalStateException("cheque %s is reversed twice".formatted(each.cheque()));
      }
      reversed.add(line);
      changed.add(line);
      ofBatches.computeIfAbsent(each.cheque().batch(), _ -> new ArrayList<>()).add(line);
    }
    Known before = reversals.get(f.reversal());
    if (before == null) {
      ofVenues.computeIfAbsent(f.venue(), _ -> new ArrayList<>()).add(f.reversal());
    }
    reversals.put(
        f.reversal(),
        new Known(
            f.reversal(),
            before == null ? position : before.position(),
            f.venue(),
            f.reference(),
            f.slip(),
            before == null ? List.of() : before.proposed(),
            f.reason(),
            f.note(),
            f.reversedBy(),
            f.cents(),
            State.REVERSED,
            f.confirmedBy(),
            Optional.of(recordedAt),
            Optional.of(f.contestUntil()),
            position,
            0,
            Optional.empty(),
            0,
            List.copyOf(reversed)));
  }

  private Line line(Serial cheque) {
    Line line = lines.get(cheque);
    if (line == null) {
      throw new IllegalStateException("cheque %s was never reversed".formatted(cheque));
    }
    return line;
  }

  private Known known(ReversalId id) {
    Known known = reversals.get(id);
    if (known == null) {
      throw new IllegalStateException("reversal %s is of a venue and unknown".formatted(id));
    }
    return known;
  }
}
