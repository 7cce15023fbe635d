package fr.passnumerique.clearing.redemption;

import static fr.passnumerique.clearing.redemption.RedemptionWorld.CHEQUES;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.CREUSE;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.GUERET;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.HANDED_OUT_CHEQUES;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.KEYS;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.LAST_DAY;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.LYON;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.SERVICE;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.VENUE;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.cheque;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.forged;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.GuessBudget;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.ChequeCode;
import fr.passnumerique.clearing.redemption.ChequeCheckEndpoint.Body;
import fr.passnumerique.clearing.redemption.ChequeCheckEndpoint.Check;
import fr.passnumerique.clearing.redemption.ChequeCheckEndpoint.Printed;
import fr.passnumerique.clearing.redemption.HoldersCounter.PublicCheck;
import fr.passnumerique.clearing.redemption.HoldersCounter.Standing;
import fr.passnumerique.clearing.redemption.RedemptionWorld.Rules;
import fr.passnumerique.clearing.venues.VenueId;
import io.github.bucket4j.TimeMeter;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class ChequeCheckTest {
  private static final Actor LIBRARY = new Actor("library", Role.VENUE, VENUE.value());
  private static final Actor CCAS = new Actor("ccas", Role.PRESCRIBER, "ccas");
  private static final Actor CLERK = new Actor("clerk", Role.CLERK, "");
  private static final int PER_MINUTE = 3;

  private final AtomicLong nanos = new AtomicLong();
  private RedemptionWorld world = RedemptionWorld.usual();
  private Instant now = Instant.parse("2026-04-01T10:00:00Z");

  @Test
  void aChequeThatALineWouldSpendIsGoodAndIsNotSpentByTheCheck() {
    Check check = check(LIBRARY, new Body(cheque(1).printed(), null, GUERET, SERVICE));
    assertThat(check.accepted()).isTrue();
    assertThat(check.verdict()).isEqualTo(Verdict.ACCEPTED);
    assertThat(check.notChecked()).isEmpty();
    assertThat(check.lastServiceDay()).isEqualTo(LAST_DAY);
    assertThat(check.faceValueCents()).isEqualTo(1_000);
    assertThat(check(LIBRARY, new Body(cheque(1).printed(), null, GUERET, SERVICE)))
        .isEqualTo(check);
    assertThat(world.verdict(line(1))).isEqualTo(Verdict.ACCEPTED);
  }

  @Test
  void everyReasonIsThatOfASlipWithItsRemedy() {
    world.redeem("S-0", line(1));
    assertThat(verdict(cheque(1))).isEqualTo(Verdict.ALREADY_REDEEMED);
    assertThat(verdict(forged(2))).isEqualTo(Verdict.BAD_CHECK_CODE);
    assertThat(verdict(cheque(CHEQUES + 1))).isEqualTo(Verdict.UNKNOWN_CHEQUE);
    assertThat(verdict(cheque(HANDED_OUT_CHEQUES + 1))).isEqualTo(Verdict.NOT_DISTRIBUTED);
    assertThat(check(LIBRARY, new Body(cheque(1).printed(), null, null, null)).remedy())
        .isNotBlank();
  }

  @Test
  void theLastDayIsGoodToMidnightInParisAndTheNextIsNot() {
    now = Instant.parse(LAST_DAY + "T21:59:59Z");
    assertThat(verdict(cheque(1))).isEqualTo(Verdict.ACCEPTED);
    now = Instant.parse(LAST_DAY + "T22:00:00Z");
    assertThat(verdict(cheque(1))).isEqualTo(Verdict.EXPIRED_AT_SERVICE_DATE);
  }

  @Test
  void whatIsNotNamedIsNotCheckedAndSaysSo() {
    Rules rules = new Rules();
    rules.territory = List.of(CREUSE);
    rules.eligibleServices = List.of(SERVICE);
    world = RedemptionWorld.with(rules);

    Check alone = check(CCAS, new Body(cheque(1).printed(), null, null, null));
    assertThat(alone.accepted()).isTrue();
    assertThat(alone.notChecked())
        .containsExactly(
            Verdict.VENUE_NOT_LABELLED_AT_SERVICE_DATE,
            Verdict.SERVICE_NOT_ELIGIBLE,
            Verdict.OUT_OF_TERRITORY,
            Verdict.CONFLICT_OF_INTEREST,
            Verdict.TOO_MANY_IN_ONE_VISIT);
    assertThat(check(LIBRARY, new Body(cheque(1).printed(), null, LYON, SERVICE)).explanation())
        .contains("département 69");
    assertThat(check(CLERK, new Body(cheque(1).printed(), VENUE, GUERET, "Autre")).verdict())
        .isEqualTo(Verdict.SERVICE_NOT_ELIGIBLE);
  }

  @Test
  void anotherVenueDoesNotExistAndAPointOfServiceIsTheVenuesOwn() {
    assertThatThrownBy(
            () ->
                check(
                    LIBRARY,
                    new Body(cheque(1).printed(), new VenueId("13002526500013"), null, null)))
        .isInstanceOfSatisfying(Problem.class, p -> assertThat(p.status()).isEqualTo(404));
    assertThatThrownBy(() -> check(CLERK, new Body(cheque(1).printed(), null, GUERET, null)))
        .isInstanceOfSatisfying(
            Problem.class, p -> assertThat(p.code()).isEqualTo("UNKNOWN_POINT_OF_SERVICE"));
  }

  @Test
  void whatIsNoCodeIsNotRepeated() {
    assertThatThrownBy(() -> check(CLERK, new Body("00007-0001-7Q4", null, null, null)))
        .isInstanceOfSatisfying(
            Problem.class,
            p -> {
              assertThat(p.code()).isEqualTo("CODE_NOT_READABLE");
              assertThat(p.detail() + p.faults()).doesNotContain("7Q4");
            });
  }

  @Test
  void whoeverHoldsAChequeIsToldUntilWhenAndWhere() {
    Rules rules = new Rules();
    rules.territory = List.of(CREUSE);
    world = RedemptionWorld.with(rules);
    assertThat(publicly(cheque(1)))
        .isEqualTo(
            new PublicCheck(true, Standing.VALID, 1_000L, LAST_DAY, List.of(CREUSE), List.of()));
  }

  @Test
  void anUnknownCodeAndAWrongCheckPartAreAnsweredAlike() {
    PublicCheck unknown = publicly(cheque(Batch.of(99), 1));
    assertThat(publicly(forged(1))).isEqualTo(unknown);
    assertThat(unknown)
        .isEqualTo(new PublicCheck(false, Standing.UNKNOWN_CODE, null, null, null, null));
    // Of a cheque that is spent too: only the whole code tells that.
    world.redeem("S-0", line(1));
    nanos.addAndGet(120_000_000_000L);
    assertThat(publicly(forged(1))).isEqualTo(unknown);
    assertThat(publicly(cheque(1)).standing()).isEqualTo(Standing.ALREADY_USED);
  }

  @Test
  void oneAddressChecksSoOftenAMinuteAndIsToldHowLongToWait() {
    PublicChecks checks = new PublicChecks(PER_MINUTE, time());
    for (int i = 0; i < PER_MINUTE; i++) {
      assertThat(checks.admit("192.0.2.1")).isZero();
    }
    assertThat(checks.admit("192.0.2.1").toSeconds()).isBetween(19L, 20L);
    assertThat(checks.admit("192.0.2.2")).isZero();
    nanos.addAndGet(20_000_000_000L);
    assertThat(checks.admit("192.0.2.1")).isZero();
    assertThat(checks.admit("192.0.2.1").isPositive()).isTrue();
  }

  @Test
  void aHouseholdsIpv6AddressesAreOneClient() {
    PublicChecks checks = new PublicChecks(1, time());
    assertThat(checks.admit("2001:db8:0:1::1")).isZero();
    assertThat(checks.admit("2001:db8:0:1:ffff::2").isPositive()).isTrue();
    assertThat(checks.admit("2001:db8:0:2::1")).isZero();
  }

  @Test
  void tooManyChecksAreRefusedWith429() {
    ChequeCheckEndpoint endpoint = endpoint();
    MockHttpServletResponse response = new MockHttpServletResponse();
    for (int i = 0; i < PER_MINUTE; i++) {
      endpoint.checkPrintedCheque(
          new Printed(cheque(1).printed()), new MockHttpServletRequest(), response);
    }
    assertThatThrownBy(
            () ->
                endpoint.checkPrintedCheque(
                    new Printed(cheque(1).printed()), new MockHttpServletRequest(), response))
        .isInstanceOfSatisfying(Problem.class, p -> assertThat(p.status()).isEqualTo(429))
        .hasMessageContaining("20 seconds");
    assertThat(response.getHeader("Cache-Control")).isEqualTo("no-store");
  }

  private Verdict verdict(ChequeCode code) {
    return check(LIBRARY, new Body(code.printed(), null, GUERET, SERVICE)).verdict();
  }

  private Check check(Actor actor, Body body) {
    return endpoint().checkCheque(body, actor, new MockHttpServletResponse());
  }

  private PublicCheck publicly(ChequeCode code) {
    return endpoint()
        .checkPrintedCheque(
            new Printed(code.printed()),
            new MockHttpServletRequest(),
            new MockHttpServletResponse());
  }

  private ChequeCheckEndpoint endpoint() {
    ChequeCounter counter =
        new ChequeCounter(world.register, Supplier::get, KEYS, Clock.fixed(now, ZoneOffset.UTC));
    return new ChequeCheckEndpoint(
        counter,
        new GuessBudget(1_000, nanos::get),
        new HoldersCounter(counter, new PublicChecks(PER_MINUTE, time())));
  }

  private TimeMeter time() {
    return new TimeMeter() {
      @Override
      public long currentTimeNanos() {
        return nanos.get();
      }

      @Override
      public boolean isWallClockBased() {
        return false;
      }
    };
  }
}
