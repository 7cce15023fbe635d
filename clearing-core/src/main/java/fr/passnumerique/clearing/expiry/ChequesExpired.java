package fr.passnumerique.clearing.expiry;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.passnumerique.clearing.distribution.PrescriberId;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.LeftOutWhenEmpty;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The cheques of an order that were neither redeemed nor taken out before are no longer live; what
 * was paid in for them is due back.
 *
 * @param lastDay of the tolerance, Europe/Paris: until then a cheque could be presented
 * @param parts where the expired cheques were: "not distributed" and "distributed but unused" are
 *     reported apart
 * @param opposedUnreplaced value of opposed cheques that nothing replaced: due back since they were
 *     opposed, and refunded with the rest
 * @param waived value of redeemed cheques for which the venue waived its pay: due back since they
 *     were accepted, and refunded with the rest
 */
public record ChequesExpired(
    OrderId order,
    Batch batch,
    AgreementId agreement,
    LocalDate lastDay,
    List<Part> parts,
    List<FundedCents> opposedUnreplaced,
    @LeftOutWhenEmpty List<FundedCents> waived)
    implements Fact {

  /** Of an order of which nothing was waived. */
  public ChequesExpired(
      OrderId order,
      Batch batch,
      AgreementId agreement,
      LocalDate lastDay,
      List<Part> parts,
      List<FundedCents> opposedUnreplaced) {
    this(order, batch, agreement, lastDay, parts, opposedUnreplaced, List.of());
  }

  /** Where a cheque was when it expired. */
  public enum Where {
    IN_STOCK,
    AT_PRESCRIBER,
    HANDED_OUT
  }

  /**
   * Expired cheques of one place.
   *
   * @param prescriber whose stock it was; empty otherwise
   * @param cheques how many
   * @param titles their face value by funder
   * @param dueBack what activated ones come to: an inactive cheque refunds nothing
   */
  public record Part(
      Where where,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<PrescriberId> prescriber,
      int cheques,
      int activated,
      List<FundedCents> titles,
      List<FundedCents> dueBack) {
    public Part {
      titles = List.copyOf(titles);
      dueBack = List.copyOf(dueBack);
    }
  }

  public ChequesExpired {
    parts = List.copyOf(parts);
    opposedUnreplaced = List.copyOf(opposedUnreplaced);
    waived = List.copyOf(waived);
  }

  /** All that is due back to whoever paid it in: what the credit notes of the order come to. */
  public List<FundedCents> dueBack() {
    return Stream.concat(parts.stream().map(Part::dueBack), Stream.of(opposedUnreplaced, waived))
        .flatMap(List::stream)
        .toList();
  }

  /** What of {@link #dueBack} did not expire, as it was opposed or its venue waived its pay. */
  public long opposedOrWaivedCents() {
    return Stream.of(opposedUnreplaced, waived)
        .flatMap(List::stream)
        .mapToLong(FundedCents::cents)
        .sum();
  }

  static String tag(OrderId order) {
    return "expiry:" + order;
  }

  @Override
  public Optional<LocalDate> happenedOn() {
    return Optional.of(lastDay.plusDays(1));
  }

  /** The batch too: from here on nothing may happen to its cheques. */
  @Override
  public Set<String> tags() {
    return Set.of(tag(order), "batch:" + batch, "agreement:" + agreement);
  }
}
