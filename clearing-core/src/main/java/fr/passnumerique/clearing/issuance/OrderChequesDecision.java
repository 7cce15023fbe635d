package fr.passnumerique.clearing.issuance;

import static fr.passnumerique.clearing.issuance.IssuanceRefusal.BATCHES_EXHAUSTED;
import static fr.passnumerique.clearing.issuance.IssuanceRefusal.CEILING_EXCEEDED;
import static fr.passnumerique.clearing.issuance.IssuanceRefusal.CHEQUE_COUNT_OUT_OF_RANGE;
import static fr.passnumerique.clearing.issuance.IssuanceRefusal.ENDS_BEFORE_ORDER;
import static fr.passnumerique.clearing.issuance.IssuanceRefusal.ENDS_TOO_LATE;
import static fr.passnumerique.clearing.issuance.IssuanceRefusal.NOT_WHOLE_CARNETS;
import static fr.passnumerique.clearing.issuance.IssuanceRefusal.ORDER_ALREADY_ISSUED;
import static fr.passnumerique.clearing.issuance.IssuanceRefusal.OUTSIDE_AGREEMENT_PERIOD;
import static fr.passnumerique.clearing.issuance.IssuanceRefusal.OUTSIDE_AGREEMENT_TERRITORY;
import static fr.passnumerique.clearing.issuance.IssuanceRefusal.UNKNOWN_AGREEMENT;

import fr.passnumerique.clearing.funding.AgreementSigned.Share;
import fr.passnumerique.clearing.funding.AgreementTerms;
import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.funding.ProgrammeDefined;
import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Refusal;
import fr.passnumerique.clearing.money.Cents;
import fr.passnumerique.clearing.money.QuotaSequence;
import fr.passnumerique.clearing.territory.Paris;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the agreement (its period and territory, what is issued under it), at the programme's
 * rules and at the last batch number. Every order changes the agreement and the batch numbers, so
 * two at the same moment are never dealt the same cents, the same room below a ceiling or the same
 * number.
 */
final class OrderChequesDecision implements Decider<OrderCheques, ChequesIssued> {
  static final int MOST_CHEQUES = Serial.LAST;
  static final int MOST_BATCHES = Batch.LAST - 1;
  private static final int LONGEST_LIFE_YEARS = 10;

  private final IssuanceRegister register;
  private final String checkKeyName;

  /**
   * @param checkKeyName of the key under which batches are issued from now on
   */
  OrderChequesDecision(IssuanceRegister register, String checkKeyName) {
    this.register = register;
    this.checkKeyName = checkKeyName;
  }

  @Override
  public Class<OrderCheques> command() {
    return OrderCheques.class;
  }

  @Override
  public Decision<ChequesIssued> decide(OrderCheques c, Instant receivedAt) {
    IssuanceRegister.Issued issued = register.order(c.order());
    if (issued != null) {
      return new Decision.Known<>(issued.position(), fact -> reply((ChequesIssued) fact, c));
    }
    IssuanceRegister.Account account = register.account(c.agreement());
    if (account == null) {
      return Decision.refuse(
          UNKNOWN_AGREEMENT.because(
              "agreement",
              "agreement %s is not signed".formatted(c.agreement()),
              "sign it first or correct the identifier"));
    }
    LocalDate today = Paris.dayOf(receivedAt);
    IssuanceRegister.Version version = account.inForceOn(today);
    Refusal refusal = refusal(c, account.programme(), version.terms(), today);
    if (refusal != null) {
      return Decision.refuse(refusal);
    }
    long[] dealt =
        version
            .sequence()
            .deal(version.nextCent(), c.chequeCount() * account.programme().faceValueCents());
    refusal = ceiling(c, account, version.terms().shares(), dealt);
    if (refusal != null) {
      return Decision.refuse(refusal);
    }
    if (register.lastBatch() == MOST_BATCHES) {
      return Decision.refuse(
          BATCHES_EXHAUSTED.because(
              "",
              "batches are numbered up to %d and all numbers are used".formatted(MOST_BATCHES),
              "a new ledger is needed"));
    }
    ChequesIssued fact = issue(c, account.programme(), version, dealt, today);
    return Decision.accept(
        fact,
        Boundary.of(
            "order:" + c.order(),
            "agreement:" + c.agreement(),
            "programme:" + account.agreement().programme(),
            ChequesIssued.BATCHES),
        fact);
  }

  private static Decision.Reply<ChequesIssued> reply(ChequesIssued recorded, OrderCheques c) {
    boolean same =
        recorded.agreement().equals(c.agreement())
            && recorded.fundingDepartement().equals(c.fundingDepartement())
            && recorded.chequeCount() == c.chequeCount()
            && recorded.endsOn().equals(c.endsOn());
    return same
        ? new Decision.Reply.Same<>(recorded)
        : new Decision.Reply.Different<>(
            ORDER_ALREADY_ISSUED.because(
                "order",
                "order %s is issued with other contents".formatted(c.order()),
                "choose another identifier for another order"));
  }

  private static @Nullable Refusal refusal(
      OrderCheques c, ProgrammeDefined programme, AgreementTerms agreement, LocalDate today) {
    if (today.isBefore(agreement.startsOn()) || today.isAfter(agreement.endsOn())) {
      return OUTSIDE_AGREEMENT_PERIOD.because(
          "agreement",
          "agreement %s takes orders from %s to %s, today is %s"
              .formatted(c.agreement(), agreement.startsOn(), agreement.endsOn(), today),
          "order within its period or under another agreement");
    }
    if (!agreement.territory().contains(c.fundingDepartement())) {
      return OUTSIDE_AGREEMENT_TERRITORY.because(
          "fundingDepartement",
          "agreement %s is for %s, not for %s"
              .formatted(c.agreement(), agreement.territory(), c.fundingDepartement()),
          "name one of its départements or another agreement");
    }
    int perCarnet = programme.chequesPerCarnet();
    int most = MOST_CHEQUES - MOST_CHEQUES % perCarnet;
    if (c.chequeCount() < 1 || c.chequeCount() > MOST_CHEQUES) {
      return CHEQUE_COUNT_OUT_OF_RANGE.because(
          "chequeCount",
          "an order is for 1 to %d cheques, got %d".formatted(most, c.chequeCount()),
          "divide a larger order into several");
    }
    if (c.chequeCount() % perCarnet != 0) {
      int below = c.chequeCount() - c.chequeCount() % perCarnet;
      return NOT_WHOLE_CARNETS.because(
          "chequeCount",
          "cheques are ordered in whole carnets of %d, %d are not"
              .formatted(perCarnet, c.chequeCount()),
          below == 0
              ? "order %d".formatted(perCarnet)
              : "order %d or %d".formatted(below, Math.min(below + perCarnet, most)));
    }
    if (c.endsOn().isBefore(today)) {
      return ENDS_BEFORE_ORDER.because(
          "endsOn",
          "an order's end date is its own day or later, %s is before %s"
              .formatted(c.endsOn(), today),
          "correct the end date");
    }
    LocalDate latest = today.plusYears(LONGEST_LIFE_YEARS);
    if (c.endsOn().isAfter(latest)) {
      return ENDS_TOO_LATE.because(
          "endsOn",
          "an order's end date is at most %d years ahead, %s is after %s"
              .formatted(LONGEST_LIFE_YEARS, c.endsOn(), latest),
          "correct the year");
    }
    return null;
  }

  private static @Nullable Refusal ceiling(
      OrderCheques c, IssuanceRegister.Account account, List<Share> key, long[] dealt) {
    for (int place = 0; place < dealt.length; place++) {
      long room = account.belowCeiling(key.get(place));
      if (dealt[place] > room) {
        return CEILING_EXCEEDED.because(
            "chequeCount",
            "order %s takes %s of funder %s but agreement %s has %s left to order below its ceiling"
                .formatted(
                    c.order(),
                    new Cents(dealt[place]).inEnglish(),
                    key.get(place).funder(),
                    c.agreement(),
                    new Cents(Math.max(0, room)).inEnglish()),
            "order fewer cheques, under another agreement, or sign an amendment");
      }
    }
    return null;
  }

  private ChequesIssued issue(
      OrderCheques c,
      ProgrammeDefined programme,
      IssuanceRegister.Version version,
      long[] dealt,
      LocalDate today) {
    AgreementTerms terms = version.terms();
    List<FundedCents> shares = new ArrayList<>();
    for (int place = 0; place < dealt.length; place++) {
      if (dealt[place] > 0) {
        shares.add(
            new FundedCents(
                programme.programme(),
                c.agreement(),
                terms.keyVersion(),
                c.fundingDepartement(),
                terms.shares().get(place).funder(),
                dealt[place],
                terms.shares().get(place).preFinancier()));
      }
    }
    return new ChequesIssued(
        c.order(),
        c.agreement(),
        programme.programme(),
        terms.keyVersion(),
        Batch.of(register.lastBatch() + 1),
        c.chequeCount(),
        programme.faceValueCents(),
        programme.chequesPerCarnet(),
        programme.validityDays(),
        programme.presentationWindowDays(),
        c.endsOn(),
        programme.toleranceDays(),
        programme.eligiblePublics(),
        programme.eligibleServices(),
        programme.territory(),
        programme.chequesPerVisit(),
        programme.conflictOfInterest(),
        c.fundingDepartement(),
        version.nextCent(),
        QuotaSequence.ALGORITHM,
        QuotaSequence.VERSION,
        checkKeyName,
        today,
        List.copyOf(shares),
        Optional.empty(),
        programme.renewal());
  }
}
