package fr.passnumerique.clearing.redemption;

import static fr.passnumerique.clearing.redemption.RedemptionWorld.BATCH;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.CHEQUES;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.CREUSE;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.GUERET;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.ORDER_ENDS;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.RHONE;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.SERVICE;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.VENUE;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.activated;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.cheque;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.forged;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.handedOut;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.labelled;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.listed;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.signed;
import static fr.passnumerique.clearing.redemption.Verdict.ACCEPTED;
import static fr.passnumerique.clearing.redemption.Verdict.ALREADY_REDEEMED;
import static fr.passnumerique.clearing.redemption.Verdict.BAD_CHECK_CODE;
import static fr.passnumerique.clearing.redemption.Verdict.CONFLICT_OF_INTEREST;
import static fr.passnumerique.clearing.redemption.Verdict.DUPLICATE_LINE;
import static fr.passnumerique.clearing.redemption.Verdict.EXPIRED_AT_SERVICE_DATE;
import static fr.passnumerique.clearing.redemption.Verdict.NOT_ACTIVATED;
import static fr.passnumerique.clearing.redemption.Verdict.NOT_DISTRIBUTED;
import static fr.passnumerique.clearing.redemption.Verdict.OPPOSED;
import static fr.passnumerique.clearing.redemption.Verdict.OUT_OF_TERRITORY;
import static fr.passnumerique.clearing.redemption.Verdict.PRESENTED_TOO_LATE;
import static fr.passnumerique.clearing.redemption.Verdict.SERVICE_BEFORE_DISTRIBUTION;
import static fr.passnumerique.clearing.redemption.Verdict.SERVICE_DATE_IN_FUTURE;
import static fr.passnumerique.clearing.redemption.Verdict.SERVICE_NOT_ELIGIBLE;
import static fr.passnumerique.clearing.redemption.Verdict.TOO_MANY_IN_ONE_VISIT;
import static fr.passnumerique.clearing.redemption.Verdict.UNKNOWN_CHEQUE;
import static fr.passnumerique.clearing.redemption.Verdict.VENUE_NOT_LABELLED_AT_SERVICE_DATE;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.distribution.ChequeRange;
import fr.passnumerique.clearing.distribution.ChequesDelivered;
import fr.passnumerique.clearing.distribution.DeliveryId;
import fr.passnumerique.clearing.distribution.PrescriberId;
import fr.passnumerique.clearing.distribution.PrescriberRegistered;
import fr.passnumerique.clearing.funding.ProgrammeDefined.ConflictOfInterest;
import fr.passnumerique.clearing.issuance.ChequeCode;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.DecisionFixture;
import fr.passnumerique.clearing.redemption.RedemptionWorld.Rules;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A line that breaks several rules is told the first, in the order in which {@link Verdict} stands.
 */
class PrecedenceTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 4, 1);
  private static final PrescriberId CCAS = new PrescriberId("ccas");

  /** What can be wrong with a line. */
  static Stream<Verdict> rejections() {
    return Stream.of(Verdict.values()).filter(v -> v != ACCEPTED);
  }

  static Stream<Arguments> pairs() {
    return rejections()
        .flatMap(
            first ->
                rejections()
                    .filter(second -> first.compareTo(second) < 0 && canCoincide(first, second))
                    .map(second -> Arguments.of(first, second)));
  }

  private static boolean canCoincide(Verdict first, Verdict second) {
    return switch (first) {
      // A duplicate is of a cheque that exists.
      case DUPLICATE_LINE -> second != UNKNOWN_CHEQUE;
      // A cheque that does not exist has no state, no rules and no right check part.
      case UNKNOWN_CHEQUE ->
          second == SERVICE_DATE_IN_FUTURE || second == VENUE_NOT_LABELLED_AT_SERVICE_DATE;
      // What was not handed out was not handed out after the service.
      case NOT_DISTRIBUTED -> second != SERVICE_BEFORE_DISTRIBUTION;
      default -> true;
    };
  }

  @ParameterizedTest
  @MethodSource("rejections")
  void aLineThatBreaksOneRuleIsToldThatRule(Verdict rule) {
    assertThat(verdictOnALineWith(EnumSet.of(rule))).isEqualTo(rule);
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void aLineThatBreaksTwoRulesIsToldTheFirst(Verdict first, Verdict second) {
    assertThat(verdictOnALineWith(EnumSet.of(first, second))).isEqualTo(first);
  }

  @Test
  void aLineThatBreaksNoRuleIsAccepted() {
    assertThat(verdictOnALineWith(EnumSet.noneOf(Verdict.class))).isEqualTo(ACCEPTED);
  }

  /** Builds a past and a line with exactly these faults, and has it judged. */
  private static Verdict verdictOnALineWith(EnumSet<Verdict> faults) {
    RedemptionWorld world = new RedemptionWorld();
    LocalDate servedOn =
        faults.contains(SERVICE_DATE_IN_FUTURE) ? TODAY.plusDays(1) : TODAY.minusDays(20);
    LocalDate handedOutOn =
        faults.contains(SERVICE_BEFORE_DISTRIBUTION) ? servedOn.plusDays(1) : servedOn.minusDays(1);
    int ordinal = faults.contains(UNKNOWN_CHEQUE) ? CHEQUES + 1 : 1;

    Rules rules = new Rules();
    LocalDate lastDayOfAll = TODAY.plusDays(500);
    if (faults.contains(EXPIRED_AT_SERVICE_DATE)) {
      lastDayOfAll = servedOn.minusDays(1);
    }
    if (faults.contains(PRESENTED_TOO_LATE)) {
      rules.presentationWindowDays = 0;
      if (faults.contains(SERVICE_DATE_IN_FUTURE)) {
        // Too late for the whole order, by a day, and too early for the service.
        lastDayOfAll = TODAY.minusDays(1);
      }
    }
    rules.toleranceDays = (int) ORDER_ENDS.until(lastDayOfAll, ChronoUnit.DAYS);
    if (faults.contains(SERVICE_NOT_ELIGIBLE)) {
      rules.eligibleServices = List.of("Another service");
    }
    if (faults.contains(OUT_OF_TERRITORY)) {
      rules.territory = List.of(RHONE);
    }
    rules.chequesPerVisit = 1;
    if (faults.contains(CONFLICT_OF_INTEREST)) {
      rules.conflictOfInterest = ConflictOfInterest.REFUSE;
    }

    world.ledger.given(signed(), rules.issue(BATCH, 0), listed(VENUE, GUERET));
    if (!faults.contains(NOT_ACTIVATED)) {
      world.ledger.given(activated(BATCH, 1, CHEQUES));
    }
    if (!faults.contains(NOT_DISTRIBUTED)) {
      world.ledger.given(handedOut("h-1", handedOutOn, new ChequeRange(BATCH, 1, 1)));
    }
    if (!faults.contains(VENUE_NOT_LABELLED_AT_SERVICE_DATE)) {
      world.ledger.given(labelled(LocalDate.of(2026, 1, 1)));
    }
    if (faults.contains(ALREADY_REDEEMED)) {
      world.ledger.given(recorded("S-a", 1, servedOn.minusDays(1)));
    }
    if (faults.contains(TOO_MANY_IN_ONE_VISIT)) {
      world.ledger.given(recorded("S-b", 2, servedOn));
    }

    world.ledger.given(
        new PrescriberRegistered(CCAS, "CCAS", CREUSE, Optional.of(VENUE.value())),
        new ChequesDelivered(
            new DeliveryId("d-1"),
            CCAS,
            new ChequeRange(BATCH, 1, CHEQUES),
            handedOutOn,
            List.of()));
    if (faults.contains(OPPOSED)) {
      world.ledger.given(opposed(ordinal));
    }

    world.ledger.on(TODAY);
    ChequeCode right = cheque(ordinal);
    ChequeCode code = faults.contains(BAD_CHECK_CODE) ? forged(ordinal) : right;
    SlipLine line = new SlipLine(code, servedOn, SERVICE, GUERET);
    return faults.contains(DUPLICATE_LINE)
        ? world.verdicts(new SlipLine(right, servedOn, SERVICE, GUERET), line).getLast()
        : world.verdict(line);
  }

  private static ChequesOpposed opposed(int ordinal) {
    ChequeRange cheque = new ChequeRange(BATCH, ordinal, ordinal);
    return new ChequesOpposed(
        new OppositionId("o-1"),
        List.of(cheque),
        ChequesOpposed.Reason.LOST,
        "clerk",
        Optional.empty(),
        List.of(cheque),
        List.of(),
        List.of(),
        List.of());
  }

  /** A slip of the past with one accepted line. */
  private static SlipJudged recorded(String reference, int ordinal, LocalDate servedOn) {
    Instant presentedAt =
        TODAY.minusDays(2).atTime(LocalTime.NOON).atZone(DecisionFixture.PARIS).toInstant();
    return new SlipJudged(
        VENUE,
        new SlipReference(reference),
        "digest",
        presentedAt,
        List.of(new SlipJudged.Visit(GUERET, CREUSE, servedOn, SERVICE)),
        List.of(
            new SlipJudged.Line(
                Optional.of(new Serial(BATCH, ordinal)), 0, Optional.empty(), Optional.empty())),
        List.of());
  }
}
