package fr.passnumerique.clearing.expiry;

import fr.passnumerique.clearing.distribution.ChequeRange;
import fr.passnumerique.clearing.distribution.PrescriberId;
import fr.passnumerique.clearing.expiry.ChequesExpired.Part;
import fr.passnumerique.clearing.expiry.ChequesExpired.Where;
import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.issuance.CentsOfCheques;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where every cheque of one order stands, and how far its end has come. One bit a cheque for each
 * thing that may have happened to it.
 */
final class EndingOrder {
  private final CentsOfCheques cents;
  private final BitSet activated = new BitSet();
  private final BitSet handedOut = new BitSet();
  private final BitSet redeemed = new BitSet();
  private final BitSet waived = new BitSet();
  private final BitSet opposed = new BitSet();
  private final BitSet replaced = new BitSet();
  private final BitSet voided = new BitSet();

  /** By first ordinal; ranges never overlap. */
  private final TreeMap<Integer, Held> held = new TreeMap<>();

  private @Nullable Long announced;
  private @Nullable Recorded<ChequesExpired> expired;
  private final Map<Signature, Long> signatures = new HashMap<>();

  private record Held(int last, PrescriberId prescriber) {}

  private record Signature(ExpiryStep step, Optional<FunderId> funder) {}

  record Recorded<F>(F fact, long position) {}

  /** What a cheque is; issued = the sum of all of them, at every moment. */
  enum State {
    IN_STOCK,
    LIVE,
    REDEEMED,
    EXPIRED,
    OPPOSED,
    REPLACED,
    VOID
  }

  EndingOrder(CentsOfCheques cents) {
    this.cents = cents;
  }

  // --- what happens to its cheques

  void deliver(ChequeRange cheques, PrescriberId prescriber) {
    held.put(cheques.first(), new Held(cheques.last(), prescriber));
  }

  /** Back into the operator's stock: what remains of the ranges that overlap it stays. */
  void takeBack(ChequeRange cheques) {
    for (Map.Entry<Integer, Held> entry :
        List.copyOf(held.headMap(cheques.last(), true).entrySet())) {
      int first = entry.getKey();
      Held range = entry.getValue();
      if (range.last < cheques.first()) {
        continue;
      }
      held.remove(first);
      if (first < cheques.first()) {
        held.put(first, new Held(cheques.first() - 1, range.prescriber));
      }
      if (range.last > cheques.last()) {
        held.put(cheques.last() + 1, range);
      }
    }
  }

  BitSet activated() {
    return activated;
  }

  BitSet handedOut() {
    return handedOut;
  }

  BitSet redeemed() {
    return redeemed;
  }

  /** Those of the redeemed ones for which nobody is owed anything. */
  BitSet waived() {
    return waived;
  }

  BitSet opposed() {
    return opposed;
  }

  BitSet replaced() {
    return replaced;
  }

  BitSet voided() {
    return voided;
  }

  void announce(long position) {
    announced = position;
  }

  void expire(ChequesExpired fact, long position) {
    expired = new Recorded<>(fact, position);
  }

  void sign(ExpirySigned signed, long position) {
    signatures.put(new Signature(signed.step(), signed.funder()), position);
  }

  // --- questions

  ChequesIssued issued() {
    return cents.issued();
  }

  LocalDate from(ExpiryStep step) {
    return step.from(issued().endsOn(), issued().toleranceDays());
  }

  @Nullable Long announcedAt() {
    return announced;
  }

  @Nullable Recorded<ChequesExpired> expired() {
    return expired;
  }

  @Nullable Long signedAt(ExpiryStep step, Optional<FunderId> funder) {
    return signatures.get(new Signature(step, funder));
  }

  /** Whether the operator and this owner of the cash have both signed the statement. */
  boolean isAgreed(FunderId owner) {
    return signedAt(ExpiryStep.STATEMENT, Optional.empty()) != null
        && signedAt(ExpiryStep.STATEMENT, Optional.of(owner)) != null;
  }

  /** Those of its key, and those whose cash stands for one of them. */
  Set<FunderId> funders() {
    Set<FunderId> funders = new LinkedHashSet<>();
    for (FundedCents part : issued().shares()) {
      funders.add(part.funder());
      funders.add(part.cashOwner());
    }
    return funders;
  }

  State state(int ordinal) {
    if (voided.get(ordinal)) {
      return State.VOID;
    }
    // An opposition that came after a line was accepted changes nothing, until the slip is
    // withdrawn.
    if (redeemed.get(ordinal)) {
      return State.REDEEMED;
    }
    if (replaced.get(ordinal)) {
      return State.REPLACED;
    }
    if (opposed.get(ordinal)) {
      return State.OPPOSED;
    }
    if (expired != null) {
      return State.EXPIRED;
    }
    return handedOut.get(ordinal) ? State.LIVE : State.IN_STOCK;
  }

  ExpiryAnnounced.Counts counts() {
    int delivered = 0;
    for (Map.Entry<Integer, Held> range : held.entrySet()) {
      delivered += range.getValue().last - range.getKey() + 1;
    }
    int perCarnet = issued().chequesPerCarnet();
    int started = 0;
    int last = 0;
    for (int ordinal = redeemed.nextSetBit(1);
        ordinal >= 0;
        ordinal = redeemed.nextSetBit(last + 1)) {
      started++;
      last = (ordinal - 1) / perCarnet * perCarnet + perCarnet;
    }
    return new ExpiryAnnounced.Counts(
        issued().chequeCount(),
        delivered,
        handedOut.cardinality(),
        redeemed.cardinality(),
        started);
  }

  /**
   * How many cheques are in a state, and whose cents they are.
   *
   * @param shares who has none is left out
   */
  record InState(State state, int cheques, List<FundedCents> shares) {}

  /** Every state, in order, the empty ones too. */
  List<InState> situation() {
    Map<State, Tally> tallies = new EnumMap<>(State.class);
    for (State state : State.values()) {
      tallies.put(state, new Tally());
    }
    for (int ordinal = 1; ordinal <= issued().chequeCount(); ordinal++) {
      tally(tallies, state(ordinal)).add(ordinal);
    }
    List<InState> situation = new ArrayList<>();
    tallies.forEach(
        (state, tally) -> situation.add(new InState(state, tally.count, tally.shares())));
    return situation;
  }

  private static <K> Tally tally(Map<K, Tally> tallies, K key) {
    Tally tally = tallies.get(key);
    if (tally == null) {
      throw new IllegalArgumentException("no tally of " + key);
    }
    return tally;
  }

  private record Place(Where where, Optional<PrescriberId> prescriber) {}

  /** What would expire now, by place: stock, then prescribers, then what persons hold. */
  List<Part> expiring() {
    Map<Place, Tally> titles = new LinkedHashMap<>();
    Map<Place, Tally> covered = new LinkedHashMap<>();
    for (int ordinal = 1; ordinal <= issued().chequeCount(); ordinal++) {
      State state = state(ordinal);
      if (state != State.IN_STOCK && state != State.LIVE) {
        continue;
      }
      Place place = place(ordinal, state);
      titles.computeIfAbsent(place, _ -> new Tally()).add(ordinal);
      Tally active = covered.computeIfAbsent(place, _ -> new Tally());
      if (activated.get(ordinal)) {
        active.add(ordinal);
      }
    }
    List<Part> parts = new ArrayList<>();
    titles.forEach(
        (place, tally) -> {
          Tally active = tally(covered, place);
          parts.add(
              new Part(
                  place.where(),
                  place.prescriber(),
                  tally.count,
                  active.count,
                  tally.shares(),
                  active.shares()));
        });
    parts.sort(
        Comparator.comparing(Part::where)
            .thenComparing(part -> part.prescriber().map(PrescriberId::value).orElse("")));
    return parts;
  }

  private Place place(int ordinal, State state) {
    if (state == State.LIVE) {
      return new Place(Where.HANDED_OUT, Optional.empty());
    }
    Map.Entry<Integer, Held> range = held.floorEntry(ordinal);
    return range != null && range.getValue().last >= ordinal
        ? new Place(Where.AT_PRESCRIBER, Optional.of(range.getValue().prescriber))
        : new Place(Where.IN_STOCK, Optional.empty());
  }

  /** What opposed cheques that nothing replaced come to, if they were covered. */
  List<FundedCents> opposedUnreplaced() {
    Tally tally = new Tally();
    for (int ordinal = opposed.nextSetBit(1);
        ordinal >= 0;
        ordinal = opposed.nextSetBit(ordinal + 1)) {
      if (activated.get(ordinal) && state(ordinal) == State.OPPOSED) {
        tally.add(ordinal);
      }
    }
    return tally.shares();
  }

  /** What redeemed cheques come to for which the venue waives its pay. */
  List<FundedCents> waivedShares() {
    Tally tally = new Tally();
    for (int ordinal = waived.nextSetBit(1);
        ordinal >= 0;
        ordinal = waived.nextSetBit(ordinal + 1)) {
      tally.add(ordinal);
    }
    return tally.shares();
  }

  /** Cheques counted and their cents summed, run by run. */
  private final class Tally {
    private final long[] totals = new long[cents.funders()];
    private int count;
    private int first;
    private int last;

    void add(int ordinal) {
      count++;
      if (first == 0) {
        first = ordinal;
      } else if (ordinal != last + 1) {
        cents.addTo(totals, first, last);
        first = ordinal;
      }
      last = ordinal;
    }

    List<FundedCents> shares() {
      if (first > 0) {
        cents.addTo(totals, first, last);
        first = 0;
      }
      return cents.shares(totals);
    }
  }
}
