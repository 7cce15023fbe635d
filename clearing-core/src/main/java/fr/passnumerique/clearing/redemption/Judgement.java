package fr.passnumerique.clearing.redemption;

import fr.passnumerique.clearing.funding.ProgrammeDefined.ConflictOfInterest;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The verdict on each line of one slip, in the slip's order: it remembers the lines before.
 *
 * <p>Rules are tried in the order of {@link Verdict}, which is the order of precedence: {@link
 * #applies} says of each rejection whether it applies, and the loop in {@link #judge} takes the
 * first. A verdict added to the enum does not compile until its rule is written here.
 */
final class Judgement {
  private static final Verdict[] IN_ORDER = Verdict.values();

  private final int presentedOn;
  private final ChequeSet presented;
  private final ChequeSet lookedAt;
  private final Set<Verdict> unasked;
  private final Map<CarnetVisit, Integer> acceptedInVisit = new HashMap<>();

  /** Of the last line that was asked about: the next is mostly of the same batch and service. */
  private @Nullable IssuedBatch lastBatch;

  private String lastService = "";
  private boolean lastIsEligible;

  private record CarnetVisit(IssuedBatch batch, int firstOfCarnet, int place, int servedOn) {}

  /**
   * @param presentedOn the day, in Paris, on which the slip was taken
   * @param lines how many, about
   */
  Judgement(int presentedOn, int lines) {
    this(presentedOn, lines, Set.of());
  }

  /**
   * @param unasked rules that are passed over, because what they are about is not known
   */
  Judgement(int presentedOn, int lines, Set<Verdict> unasked) {
    this.presentedOn = presentedOn;
    this.unasked = unasked;
    presented = new ChequeSet(lines);
    lookedAt = new ChequeSet(lines);
  }

  Verdict judge(LineUnderJudgement line) {
    Verdict verdict = Verdict.ACCEPTED;
    for (Verdict rejection : IN_ORDER) {
      if (!unasked.contains(rejection) && applies(rejection, line)) {
        verdict = rejection;
        break;
      }
    }
    if (line.exists() && line.genuine()) {
      presented.add(line.key());
      lookedAt.add(line.key());
      if (verdict == Verdict.ACCEPTED && line.issued().limitsVisits()) {
        acceptedInVisit.merge(visit(line), 1, Integer::sum);
      }
    }
    return verdict;
  }

  private boolean applies(Verdict rejection, LineUnderJudgement line) {
    return switch (rejection) {
      case ACCEPTED -> false;
      case DUPLICATE_LINE -> presented.contains(line.key());
      case UNKNOWN_CHEQUE -> !line.exists();
      case BAD_CHECK_CODE -> !line.genuine();
      case SERVICE_DATE_IN_FUTURE -> line.servedOn() > presentedOn;
      case ALREADY_REDEEMED -> line.issued().dayRedeemed(line.ordinal()) != IssuedBatch.NEVER;
      case OPPOSED -> line.issued().isOpposed(line.ordinal());
      case CONFLICT_OF_INTEREST ->
          line.conflict() != null
              && line.issued().conflictOfInterest() == ConflictOfInterest.REFUSE;
      case NOT_ACTIVATED -> !line.issued().isActivated(line.ordinal());
      case NOT_DISTRIBUTED -> line.issued().dayHandedOut(line.ordinal()) == IssuedBatch.NEVER;
      case SERVICE_BEFORE_DISTRIBUTION ->
          line.servedOn() < line.issued().dayHandedOut(line.ordinal());
      case EXPIRED_AT_SERVICE_DATE ->
          line.servedOn() > line.issued().lastServiceDay(line.ordinal());
      // A slip of the last second that is recorded after the expiry comes too late as well.
      case PRESENTED_TOO_LATE ->
          line.issued().isExpired()
              || presentedOn > line.issued().lastPresentationDay(line.servedOn());
      case VENUE_NOT_LABELLED_AT_SERVICE_DATE -> !line.label().labelled();
      case SERVICE_NOT_ELIGIBLE -> !isEligible(line.issued(), line.service());
      case OUT_OF_TERRITORY -> !line.issued().isSpendableIn(line.knownDepartement());
      case TOO_MANY_IN_ONE_VISIT -> line.issued().limitsVisits() && visitIsFull(line);
    };
  }

  private boolean isEligible(IssuedBatch batch, String service) {
    if (batch != lastBatch || !service.equals(lastService)) {
      lastBatch = batch;
      lastService = service;
      lastIsEligible = batch.isEligible(service);
    }
    return lastIsEligible;
  }

  /**
   * Looks at every cheque of the carnet, so every one is within the boundary: of two slips that
   * bring different cheques of one carnet to one visit at the same moment, the second is decided
   * again.
   */
  private boolean visitIsFull(LineUnderJudgement line) {
    IssuedBatch batch = line.issued();
    batch.eachOfCarnet(line.ordinal(), lookedAt::add);
    return batch.redeemedInVisit(line.ordinal(), line.place(), line.servedOn())
            + acceptedInVisit.getOrDefault(visit(line), 0)
        >= batch.chequesPerVisit();
  }

  private static CarnetVisit visit(LineUnderJudgement line) {
    IssuedBatch root = line.issued().root();
    int seat = line.issued().seat(line.ordinal());
    return new CarnetVisit(root, root.firstOfCarnet(seat), line.place(), line.servedOn());
  }

  /** The day that explains a rejection: redeemed on, last day, labelled or no longer from … */
  Optional<LocalDate> explains(Verdict rejection, LineUnderJudgement line) {
    return switch (rejection) {
      case SERVICE_DATE_IN_FUTURE -> day(presentedOn);
      case ALREADY_REDEEMED -> day(line.issued().dayRedeemed(line.ordinal()));
      case SERVICE_BEFORE_DISTRIBUTION -> day(line.issued().dayHandedOut(line.ordinal()));
      case EXPIRED_AT_SERVICE_DATE -> day(line.issued().lastServiceDay(line.ordinal()));
      case PRESENTED_TOO_LATE -> day(line.issued().lastPresentationDay(line.servedOn()));
      case VENUE_NOT_LABELLED_AT_SERVICE_DATE -> line.label().explains();
      case ACCEPTED,
          DUPLICATE_LINE,
          UNKNOWN_CHEQUE,
          BAD_CHECK_CODE,
          OPPOSED,
          NOT_ACTIVATED,
          NOT_DISTRIBUTED,
          SERVICE_NOT_ELIGIBLE,
          OUT_OF_TERRITORY,
          CONFLICT_OF_INTEREST,
          TOO_MANY_IN_ONE_VISIT ->
          Optional.empty();
    };
  }

  /** Every cheque whose state the verdicts depend on. */
  long[] lookedAt() {
    return lookedAt.toArray();
  }

  private static Optional<LocalDate> day(long epochDay) {
    return Optional.of(LocalDate.ofEpochDay(epochDay));
  }
}
