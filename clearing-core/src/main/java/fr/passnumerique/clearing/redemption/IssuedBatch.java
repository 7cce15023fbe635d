package fr.passnumerique.clearing.redemption;

import fr.passnumerique.clearing.distribution.ChequeRange;
import fr.passnumerique.clearing.distribution.Holdings;
import fr.passnumerique.clearing.distribution.Holdings.Held;
import fr.passnumerique.clearing.distribution.PrescriberId;
import fr.passnumerique.clearing.funding.ProgrammeDefined.ConflictOfInterest;
import fr.passnumerique.clearing.issuance.CentsOfCheques;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.territory.Departement;
import java.time.LocalDate;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The cheques of one batch, as far as redeeming them is concerned: their rules, frozen when they
 * were issued, and where each stands. 4 bytes a cheque and one bit, and 6 bytes more where a
 * programme limits the cheques of a visit; no object per cheque. Arrays come into being with the
 * first cheque that needs them.
 *
 * <p>Days are {@code int}s, {@link LocalDate#toEpochDay()}; stored, they count from {@link
 * #DAY_ZERO}, in 16 bits that reach to the year 2194.
 */
final class IssuedBatch {
  /** Before the first Pass numérique; 0 in an array means that it has not happened. */
  private static final int DAY_ZERO = (int) LocalDate.of(2014, 12, 31).toEpochDay();

  private static final char[] NO_DAYS = {};
  private static final int[] NO_PLACES = {};

  /** {@link #dayHandedOut} and {@link #dayRedeemed} of a cheque to which it has not happened. */
  static final int NEVER = Integer.MIN_VALUE;

  private final ChequesIssued issued;
  private final CentsOfCheques cents;
  private final @Nullable IssuedBatch origin;
  private final long lastDayOfTolerance;
  private final Set<String> eligibleServices;
  private final Set<Departement> territory;

  private final BitSet activated = new BitSet();
  private boolean expired;
  private final BitSet opposed = new BitSet();
  private final BitSet replaced = new BitSet();
  private final BitSet voided = new BitSet();

  /** Last days that new cheques keep from the old ones; there are few. */
  private final Map<Integer, Integer> keptDays = new HashMap<>();

  /** By ordinal of this batch: the key of the newest cheque that sits in its place. */
  private final Map<Integer, Long> substitutes = new HashMap<>();

  private final Holdings holdings = new Holdings();
  private char[] handedOut = NO_DAYS;
  private char[] redeemed = NO_DAYS;
  private char[] served = NO_DAYS;
  private int[] places = NO_PLACES;

  /**
   * @param origin the batch that a replacement batch inherits from; null for an order's
   */
  IssuedBatch(ChequesIssued issued, CentsOfCheques cents, @Nullable IssuedBatch origin) {
    this.issued = issued;
    this.origin = origin;
    this.cents = cents;
    lastDayOfTolerance = issued.endsOn().toEpochDay() + issued.toleranceDays();
    eligibleServices = new HashSet<>();
    issued.eligibleServices().forEach(label -> eligibleServices.add(SlipLine.label(label)));
    territory = Set.copyOf(issued.territory());
  }

  // --- the rules

  String checkKeyName() {
    return issued.checkKeyName();
  }

  boolean holds(int ordinal) {
    return ordinal <= issued.chequeCount();
  }

  long faceValueCents() {
    return issued.faceValueCents();
  }

  /** Empty means everywhere. */
  List<Departement> territory() {
    return issued.territory();
  }

  /** Empty means all. */
  List<String> services() {
    return issued.eligibleServices();
  }

  int chequeCount() {
    return issued.chequeCount();
  }

  /** The last day on which the cheque can be used: of its own validity, or of its order's. */
  long lastServiceDay(int ordinal) {
    long own = Math.min((long) dayHandedOut(ordinal) + issued.validityDays(), lastDayOfTolerance);
    Integer kept = keptDays.get(ordinal);
    return kept == null ? own : dayHandedOut(ordinal) == NEVER ? kept : Math.min(kept, own);
  }

  /** The last day on which a line with a service of this day is taken. */
  long lastPresentationDay(int servedOn) {
    return Math.min((long) servedOn + issued.presentationWindowDays(), lastDayOfTolerance);
  }

  /**
   * @param service as {@link SlipLine#label} makes it
   */
  boolean isEligible(String service) {
    return eligibleServices.isEmpty() || eligibleServices.contains(service);
  }

  boolean isSpendableIn(Departement departement) {
    return territory.isEmpty() || territory.contains(departement);
  }

  ChequesIssued issued() {
    return issued;
  }

  LocalDate lastDayOfAll() {
    return LocalDate.ofEpochDay(lastDayOfTolerance);
  }

  /** Whether the number of cheques in one visit can matter: there is a limit, below a carnet. */
  boolean limitsVisits() {
    if (origin != null) {
      return origin.limitsVisits();
    }
    return issued.chequesPerVisit() > 0 && issued.chequesPerVisit() < issued.chequesPerCarnet();
  }

  ConflictOfInterest conflictOfInterest() {
    return issued.conflictOfInterest();
  }

  int chequesPerVisit() {
    return issued.chequesPerVisit();
  }

  CentsOfCheques cents() {
    return cents;
  }

  // --- where a cheque stands

  /** What was not redeemed is no longer live: a fact says so, after the tolerance. */
  boolean isExpired() {
    return expired;
  }

  boolean isActivated(int ordinal) {
    return activated.get(ordinal);
  }

  /** Reported lost or stolen, or replaced. A cheque that was redeemed before is not affected. */
  boolean isOpposed(int ordinal) {
    return opposed.get(ordinal);
  }

  boolean isReplaced(int ordinal) {
    return replaced.get(ordinal);
  }

  /** Whether it replaces a cheque that was handed out, and keeps that one's last day. */
  boolean keepsLastDay(int ordinal) {
    return keptDays.containsKey(ordinal);
  }

  /** Its accepted line was reversed: it stays redeemed, and its slip cannot be withdrawn. */
  boolean isVoid(int ordinal) {
    return voided.get(ordinal);
  }

  /** Who holds the cheque or handed it out; null while it is in the operator's stock. */
  @Nullable Held holding(int ordinal) {
    return holdings.at(ordinal);
  }

  /** Whether this prescriber holds, or handed out, every cheque of the range. */
  boolean isHeldBy(PrescriberId prescriber, ChequeRange cheques) {
    int ordinal = cheques.first();
    while (ordinal <= cheques.last()) {
      Held held = holdings.at(ordinal);
      if (held == null || !held.prescriber().equals(prescriber)) {
        return false;
      }
      ordinal = held.last() + 1;
    }
    return true;
  }

  /** The ordinals among these cheques that the prescriber does not hold. */
  IntStream notHeldBy(PrescriberId prescriber, int first, int last) {
    return IntStream.rangeClosed(first, last)
        .filter(
            ordinal -> {
              Held held = holdings.at(ordinal);
              return held == null || !held.prescriber().equals(prescriber);
            });
  }

  int dayHandedOut(int ordinal) {
    return day(handedOut, ordinal);
  }

  /** The day, in Paris, on which the slip that redeemed it was presented. */
  int dayRedeemed(int ordinal) {
    return day(redeemed, ordinal);
  }

  /** The batch that was ordered: of this batch's cheques, or of those that they replace. */
  IssuedBatch root() {
    return origin == null ? this : origin;
  }

  /** Where in {@link #root} the cheque sits: its own ordinal, or that of the one it replaces. */
  int seat(int ordinal) {
    return origin == null ? ordinal : issued.inherited().orElseThrow().ordinals().get(ordinal - 1);
  }

  /**
   * The keys of all cheques that sit in the carnet of this one: those of the carnet, and those that
   * replaced some of them.
   */
  void eachOfCarnet(int ordinal, LongConsumer key) {
    IssuedBatch root = root();
    int seat = seat(ordinal);
    for (int mate = root.firstOfCarnet(seat); mate <= root.lastOfCarnet(seat); mate++) {
      key.accept(new Serial(root.issued.batch(), mate).key());
      Long substitute = root.substitutes.get(mate);
      if (substitute != null) {
        key.accept(substitute);
      }
    }
  }

  /** The first ordinal of the cheque's carnet; of a cheque of {@link #root} only. */
  int firstOfCarnet(int ordinal) {
    return (ordinal - 1) / issued.chequesPerCarnet() * issued.chequesPerCarnet() + 1;
  }

  /** The last ordinal of the cheque's carnet. */
  int lastOfCarnet(int ordinal) {
    return Math.min(firstOfCarnet(ordinal) + issued.chequesPerCarnet() - 1, issued.chequeCount());
  }

  /**
   * Cheques of the same carnet redeemed for one visit, found among its few cheques: a table of
   * visits would take more memory than these two columns.
   *
   * @param place number of the point of service
   */
  int redeemedInVisit(int ordinal, int place, int servedOn) {
    if (origin != null) {
      return origin.redeemedInVisit(seat(ordinal), place, servedOn);
    }
    if (served.length == 0) {
      return 0;
    }
    int count = 0;
    for (int mate = firstOfCarnet(ordinal); mate <= lastOfCarnet(ordinal); mate++) {
      if (places[mate] == place && day(served, mate) == servedOn) {
        count++;
      }
    }
    return count;
  }

  // --- what happens to cheques

  void expire() {
    expired = true;
  }

  void activate(int first, int last) {
    require(first, last);
    activated.set(first, last + 1);
  }

  void handOut(int first, int last, int on) {
    require(first, last);
    if (handedOut.length == 0) {
      handedOut = new char[issued.chequeCount() + 1];
    }
    char day = stored(on);
    for (int ordinal = first; ordinal <= last; ordinal++) {
      if (handedOut[ordinal] != 0) {
        throw new IllegalStateException(
            "cheque %s is handed out a second time".formatted(new Serial(issued.batch(), ordinal)));
      }
      handedOut[ordinal] = day;
    }
  }

  /**
   * @param on day of presentation
   */
  void redeem(int ordinal, int on, int place, int servedOn) {
    require(ordinal, ordinal);
    if (redeemed.length == 0) {
      redeemed = new char[issued.chequeCount() + 1];
    }
    if (redeemed[ordinal] != 0) {
      throw new IllegalStateException(
          "cheque %s is redeemed a second time".formatted(new Serial(issued.batch(), ordinal)));
    }
    redeemed[ordinal] = stored(on);
    root().visit(seat(ordinal), place, servedOn);
  }

  private void visit(int seat, int place, int servedOn) {
    if (limitsVisits()) {
      if (served.length == 0) {
        served = new char[issued.chequeCount() + 1];
        places = new int[issued.chequeCount() + 1];
      }
      served[seat] = stored(servedOn);
      places[seat] = place;
    }
  }

  /** Its slip is withdrawn: it is live again, and the visit uncounted. */
  void release(int ordinal) {
    require(ordinal, ordinal);
    if (dayRedeemed(ordinal) == NEVER) {
      throw new IllegalStateException(
          "cheque %s is released and was not redeemed"
              .formatted(new Serial(issued.batch(), ordinal)));
    }
    redeemed[ordinal] = 0;
    root().unvisit(seat(ordinal));
  }

  private void unvisit(int seat) {
    if (served.length != 0) {
      served[seat] = 0;
      places[seat] = 0;
    }
  }

  /**
   * @param ordinal of the old cheque
   * @param substitute the key of the new one
   */
  void replace(int ordinal, long substitute) {
    require(ordinal, ordinal);
    replaced.set(ordinal);
    root().substitutes.put(seat(ordinal), substitute);
  }

  void keepLastDay(ChequeRange cheques, LocalDate lastDay) {
    require(cheques.first(), cheques.last());
    for (int ordinal = cheques.first(); ordinal <= cheques.last(); ordinal++) {
      keptDays.put(ordinal, (int) lastDay.toEpochDay());
    }
  }

  void oppose(int first, int last) {
    require(first, last);
    opposed.set(first, last + 1);
  }

  void deliver(ChequeRange cheques, PrescriberId prescriber, LocalDate deliveredOn) {
    require(cheques.first(), cheques.last());
    holdings.deliver(cheques, prescriber, deliveredOn);
  }

  void takeBack(ChequeRange cheques) {
    holdings.takeBack(cheques);
  }

  /** The hand-out was recorded wrongly: it never was. */
  void correctHandOut(int first, int last) {
    require(first, last);
    for (int ordinal = first; ordinal <= last; ordinal++) {
      handedOut[ordinal] = 0;
    }
  }

  void makeVoid(int ordinal) {
    require(ordinal, ordinal);
    voided.set(ordinal);
  }

  private void require(int first, int last) {
    if (first < 1 || last > issued.chequeCount()) {
      throw new IllegalStateException(
          "batch %s has %d cheques, not %d to %d"
              .formatted(issued.batch(), issued.chequeCount(), first, last));
    }
  }

  private static int day(char[] days, int ordinal) {
    return days.length == 0 || days[ordinal] == 0 ? NEVER : DAY_ZERO + days[ordinal];
  }

  private static char stored(int day) {
    int since = day - DAY_ZERO;
    if (since < 1 || since > Character.MAX_VALUE) {
      throw new IllegalStateException(
          "a cheque lives between 2015 and 2194, not on %s".formatted(LocalDate.ofEpochDay(day)));
    }
    return (char) since;
  }
}
