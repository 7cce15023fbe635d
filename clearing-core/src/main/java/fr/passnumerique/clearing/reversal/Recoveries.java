package fr.passnumerique.clearing.reversal;

import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.redemption.SlipJudged.SpentCents;
import fr.passnumerique.clearing.settlement.DoubtfulTransfers;
import fr.passnumerique.clearing.settlement.LineMoney;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.clearing.venues.VenueId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What of reversed lines somebody can do something about today: ask a venue for it, or credit it.
 * By the same questions as the decisions ask. To be read while registers stand still.
 */
public final class Recoveries {
  private final ReversalRegister register;
  private final ReversalTerms terms;
  private final LineMoney money;
  private final DoubtfulTransfers doubtful;

  Recoveries(
      ReversalRegister register, ReversalTerms terms, LineMoney money, DoubtfulTransfers doubtful) {
    this.register = register;
    this.terms = terms;
    this.money = money;
    this.doubtful = doubtful;
  }

  /**
   * What a debit note would ask a venue for.
   *
   * @param since the first of its lines could be asked for, UTC
   */
  public record Claim(VenueId venue, ProgrammeId programme, long cents, Instant since) {
    private Claim and(Claim other) {
      return new Claim(
          venue, programme, Math.addExact(cents, other.cents), earlier(since, other.since));
    }
  }

  /**
   * What of an order can be credited to those who paid it in.
   *
   * @param since the first of it could be, UTC
   */
  public record Credit(OrderId order, long cents, Instant since) {
    private Credit and(Credit other) {
      return new Credit(order, Math.addExact(cents, other.cents), earlier(since, other.since));
    }
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /**
   * @param today Europe/Paris
   * @return one for each venue and programme
   */
  public Collection<Claim> claims(LocalDate today) {
    record To(VenueId venue, ProgrammeId programme) {}
    Map<To, Claim> claims = new LinkedHashMap<>();
    LocalDate reversedBy = today.minusDays(terms.debitNoteDays());
    for (ReversalRegister.Line line : register.openLines()) {
      if (register.isKeptSince(line, reversedBy) && !register.isContested(line)) {
        Instant due = Paris.startOf(Paris.dayOf(line.at()).plusDays(terms.debitNoteDays()));
        claims.merge(
            new To(line.venue(), line.programme()),
            new Claim(line.venue(), line.programme(), line.cents(), later(due, line.changedAt())),
            Claim::and);
      }
    }
    return claims.values();
  }

  /**
   * @param today Europe/Paris
   * @return one for each order
   */
  public Collection<Credit> credits(LocalDate today) {
    Set<Serial> inDoubt = money.reversedAsUnpaid(doubtful.doubtful());
    Map<OrderId, Credit> found = new LinkedHashMap<>();
    for (ReversalRegister.Line line : register.openLines()) {
      if (register.isBackForGood(line, today) && !inDoubt.contains(line.cheque())) {
        for (Credit credit : credits(line)) {
          found.merge(credit.order(), credit, Credit::and);
        }
      }
    }
    return found.values();
  }

  private List<Credit> credits(ReversalRegister.Line line) {
    List<Credit> found = new ArrayList<>();
    OrderId order = register.credits().order(line.cheque().batch());
    for (SpentCents part : line.voided().parts()) {
      FunderId owner = part.cashOwner();
      if (!register.credits().isCredited(line.cheque(), owner)) {
        register
            .credits()
            .agreedAt(order, owner)
            .ifPresent(
                agreed ->
                    found.add(
                        new Credit(
                            order, part.cents(), later(agreed, register.backForGoodSince(line)))));
      }
    }
    return found;
  }
}
