package fr.passnumerique.clearing.redemption;

import fr.passnumerique.clearing.distribution.ChequeRange;
import fr.passnumerique.clearing.distribution.Holdings.Held;
import fr.passnumerique.clearing.distribution.PrescriberId;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.issuance.SumOfCheques;
import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Refusal;
import fr.passnumerique.clearing.redemption.ChequesOpposed.Reason;
import fr.passnumerique.clearing.redemption.ChequesOpposed.TitlesHeld;
import fr.passnumerique.clearing.redemption.ChequesOpposed.Whereabouts;
import fr.passnumerique.clearing.redemption.OpposeCheques.Named;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * What both decisions on an opposition share: which cheques are meant, and what opposing them comes
 * to.
 *
 * <p>The boundary of an opposition in force: its own key; the state of every batch named (who holds
 * what, what is activated, what is opposed); and one by one every cheque, since a slip that accepts
 * one does not touch its batch.
 */
final class Opposing {
  /** A report names ranges; cheques one by one are some carnets' worth. */
  static final int MOST_NAMED = 1_000;

  private static final Comparator<Named> BY_SERIAL =
      Comparator.<Named>comparingInt(named -> named.batch().number())
          .thenComparingInt(Named::first);

  private final RedemptionRegister register;

  Opposing(RedemptionRegister register) {
    this.register = register;
  }

  /** Ranges in order of serial, those that touch or overlap joined; or why there are none. */
  record Asked(List<ChequeRange> cheques, @Nullable Refusal refusal) {
    Asked(Refusal refusal) {
      this(List.of(), refusal);
    }

    int count() {
      return cheques.stream().mapToInt(ChequeRange::count).sum();
    }
  }

  /**
   * @param owner whose cheques alone may be meant; empty for the operator
   */
  Asked asked(List<Named> named, Optional<PrescriberId> owner) {
    if (named.isEmpty()) {
      return new Asked(
          OppositionRefusal.NOTHING_NAMED.because(
              "cheques", "at least one cheque is named", "give serials or ranges"));
    }
    if (named.size() > MOST_NAMED) {
      return new Asked(
          OppositionRefusal.TOO_MANY_NAMED.because(
              "cheques",
              "at most %d serials and ranges are named at once, got %d"
                  .formatted(MOST_NAMED, named.size()),
              "name ranges, or send several"));
    }
    List<ChequeRange> joined = new ArrayList<>();
    for (Named next : named.stream().sorted(BY_SERIAL).toList()) {
      IssuedBatch batch = register.batch(next.batch());
      if (batch == null
          || next.first() < 1
          || next.last() < next.first()
          || !batch.holds(next.last())) {
        return new Asked(unknown(next, owner));
      }
      ChequeRange before = joined.isEmpty() ? null : joined.getLast();
      if (before != null
          && before.batch().equals(next.batch())
          && next.first() <= before.last() + 1) {
        joined.removeLast();
        joined.add(
            new ChequeRange(next.batch(), before.first(), Math.max(before.last(), next.last())));
      } else {
        joined.add(new ChequeRange(next.batch(), next.first(), next.last()));
      }
    }
    return new Asked(List.copyOf(joined), null);
  }

  /** Why cheques are not the owner's to oppose; null if they are. */
  @Nullable Refusal foreign(List<ChequeRange> asked, PrescriberId owner) {
    for (ChequeRange range : asked) {
      if (!register.known(range.batch()).isHeldBy(owner, range)) {
        return unknown(new Named(range.batch(), range.first(), range.last()), Optional.of(owner));
      }
    }
    return null;
  }

  /** To a prescriber, what was never issued and what is not its own are told alike. */
  private Refusal unknown(Named named, Optional<PrescriberId> owner) {
    return OppositionRefusal.UNKNOWN_CHEQUE.because(
        "cheques",
        absent(named, owner),
        "check the serials on the cheques or in the stock register");
  }

  private String absent(Named named, Optional<PrescriberId> owner) {
    IssuedBatch batch = register.batch(named.batch());
    if (named.first() < 1 || named.last() < named.first()) {
      return "ordinals are from 1 on, the first before the last, got %d to %d of batch %s"
          .formatted(named.first(), named.last(), named.batch());
    }
    int issued = batch == null ? 0 : batch.chequeCount();
    int[] anothers =
        batch == null || owner.isEmpty()
            ? new int[0]
            : batch.notHeldBy(owner.get(), named.first(), Math.min(named.last(), issued)).toArray();
    int neverIssued = Math.max(0, named.last() - Math.max(named.first() - 1, issued));
    String which =
        "%d of cheques %s to %s"
            .formatted(
                anothers.length + neverIssued,
                printed(named.batch(), named.first()),
                printed(named.batch(), named.last()));
    String first =
        printed(
            named.batch(), anothers.length > 0 ? anothers[0] : Math.max(named.first(), issued + 1));
    if (owner.isPresent()) {
      return "%s are not of prescriber %s, the first of them %s"
          .formatted(which, owner.get(), first);
    }
    return batch == null
        ? "batch %s is not issued".formatted(named.batch())
        : "%s were never issued, the first of them %s".formatted(which, first);
  }

  /** As on a cheque; the ordinal where none is so high. */
  private static String printed(Batch batch, int ordinal) {
    return ordinal > Serial.LAST ? "ordinal " + ordinal : new Serial(batch, ordinal).toString();
  }

  Decision<Opposition> oppose(
      OppositionId id,
      List<ChequeRange> asked,
      Reason reason,
      String by,
      Optional<String> approvedBy) {
    Sorted sorted = new Sorted();
    for (ChequeRange range : asked) {
      IssuedBatch batch = register.known(range.batch());
      for (int ordinal = range.first(); ordinal <= range.last(); ordinal++) {
        sorted.add(batch, range, ordinal);
      }
    }
    sorted.close();
    ChequesOpposed fact =
        new ChequesOpposed(
            id,
            asked,
            reason,
            by,
            approvedBy,
            sorted.opposed,
            sorted.accepted,
            sorted.titles(),
            sorted.dueBack.shares());
    if (fact.stopped().isEmpty()) {
      ChequeRange first = asked.getFirst();
      return Decision.refuse(
          OppositionRefusal.NOTHING_TO_OPPOSE.because(
              "cheques",
              "none of these cheques can be spent any more: %s and the others are opposed, replaced, expired or void"
                  .formatted(new Serial(first.batch(), first.first())),
              "nothing to do; read a cheque's history to see why"));
    }
    Set<String> tags = new HashSet<>(fact.tags());
    asked.forEach(range -> tags.add("batch:" + range.batch()));
    return Decision.accept(fact, new Boundary(tags, keys(asked)), Opposition.of(fact));
  }

  static long[] keys(List<ChequeRange> cheques) {
    return cheques.stream()
        .flatMapToLong(
            range ->
                LongStream.rangeClosed(
                    new Serial(range.batch(), range.first()).key(),
                    new Serial(range.batch(), range.last()).key()))
        .toArray();
  }

  /** Where titles were. */
  private record Place(Whereabouts where, Optional<PrescriberId> prescriber) {}

  /** What there was in one place. */
  private record Titles(List<ChequeRange> cheques, SumOfCheques cents) {
    Titles() {
      this(new ArrayList<>(), new SumOfCheques());
    }
  }

  /** Cheques one after the other, gathered into runs of those that stand alike. */
  private static final class Sorted {
    private final List<ChequeRange> opposed = new ArrayList<>();
    private final List<ChequeRange> accepted = new ArrayList<>();
    private final Map<Place, Titles> titles = new LinkedHashMap<>();
    private final SumOfCheques dueBack = new SumOfCheques();
    private @Nullable Run run;

    /**
     * @param place null for cheques that a slip redeemed
     */
    private record Run(
        IssuedBatch batch, ChequeRange cheques, @Nullable Place place, boolean activated) {
      boolean goesOn(Run next) {
        return batch == next.batch
            && cheques.last() + 1 == next.cheques.first()
            && activated == next.activated
            && (place == null ? next.place == null : place.equals(next.place));
      }

      Run with(Run next) {
        return new Run(
            batch,
            new ChequeRange(cheques.batch(), cheques.first(), next.cheques.last()),
            place,
            activated);
      }
    }

    void add(IssuedBatch batch, ChequeRange within, int ordinal) {
      boolean redeemed = batch.dayRedeemed(ordinal) != IssuedBatch.NEVER;
      if (batch.isOpposed(ordinal) || batch.isVoid(ordinal) || !redeemed && batch.isExpired()) {
        return;
      }
      Run next =
          new Run(
              batch,
              new ChequeRange(within.batch(), ordinal, ordinal),
              redeemed ? null : place(batch, ordinal),
              batch.isActivated(ordinal));
      Run before = run;
      if (before != null && before.goesOn(next)) {
        run = before.with(next);
      } else {
        close();
        run = next;
      }
    }

    private static Place place(IssuedBatch batch, int ordinal) {
      if (batch.dayHandedOut(ordinal) != IssuedBatch.NEVER) {
        return new Place(Whereabouts.HANDED_OUT, Optional.empty());
      }
      Held held = batch.holding(ordinal);
      return held == null
          ? new Place(Whereabouts.IN_STOCK, Optional.empty())
          : new Place(Whereabouts.AT_PRESCRIBER, Optional.of(held.prescriber()));
    }

    /** Takes the run in hand in. */
    void close() {
      Run done = run;
      run = null;
      if (done == null) {
        return;
      }
      ChequeRange cheques = done.cheques;
      Place place = done.place;
      if (place == null) {
        join(accepted, cheques);
        return;
      }
      join(opposed, cheques);
      Titles held = titles.computeIfAbsent(place, _ -> new Titles());
      join(held.cheques, cheques);
      held.cents.add(done.batch.cents(), cheques.first(), cheques.last());
      if (done.activated) {
        dueBack.add(done.batch.cents(), cheques.first(), cheques.last());
      }
    }

    private static void join(List<ChequeRange> ranges, ChequeRange next) {
      ChequeRange before = ranges.isEmpty() ? null : ranges.getLast();
      if (before != null
          && before.batch().equals(next.batch())
          && before.last() + 1 == next.first()) {
        ranges.removeLast();
        ranges.add(new ChequeRange(next.batch(), before.first(), next.last()));
      } else {
        ranges.add(next);
      }
    }

    List<TitlesHeld> titles() {
      return titles.entrySet().stream()
          .map(
              held ->
                  new TitlesHeld(
                      held.getKey().where,
                      held.getKey().prescriber,
                      held.getValue().cheques,
                      held.getValue().cents.shares()))
          .toList();
    }
  }
}
