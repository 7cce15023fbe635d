package fr.passnumerique.clearing.distribution;

import fr.passnumerique.clearing.expiry.ChequesExpired;
import fr.passnumerique.clearing.expiry.ExpirySigned;
import fr.passnumerique.clearing.expiry.ExpiryStep;
import fr.passnumerique.clearing.funding.AgreementSigned.Share;
import fr.passnumerique.clearing.funding.AgreementTerms;
import fr.passnumerique.clearing.funding.AgreementTerms.KeyVersion;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.CentsOfCheques;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.PositionIndex;
import fr.passnumerique.clearing.ledger.Register;
import fr.passnumerique.clearing.redemption.ChequesOpposed;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipWithdrawn;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which prescribers there are, and who holds the cheques of each batch. */
final class DistributionRegister implements Register {
  private final Map<KeyVersion, List<Share>> keys = new HashMap<>();
  private final Map<PrescriberId, Registered> prescribers = new HashMap<>();
  private final Map<Batch, BatchStock> batches = new HashMap<>();
  private final Map<OrderId, BatchStock> orders = new HashMap<>();
  private final Map<DeliveryId, Delivery> deliveries = new LinkedHashMap<>();

  /** Those of which it ever held a cheque. */
  private final Map<PrescriberId, Set<Batch>> held = new HashMap<>();

  /**
   * By tag, and corrections by theirs: more than a million hand-outs come in a year at national
   * scale.
   */
  private final PositionIndex handOuts = new PositionIndex();

  private final Map<PrescriberId, Positions> handOutsOf = new HashMap<>();

  private final PersonsCarnets persons = new PersonsCarnets();

  private record Registered(PrescriberRegistered fact, long position) {}

  /** A delivery as it was recorded. */
  record Delivery(
      DeliveryId delivery,
      PrescriberId prescriber,
      ChequeRange cheques,
      LocalDate deliveredOn,
      long position) {}

  @Override
  public void fold(Fact fact, long position, Instant recordedAt) {
    switch (fact) {
      case AgreementTerms f -> keys.put(f.key(), f.shares());
      case ChequesIssued f -> {
        BatchStock stock = new BatchStock(cents(f));
        batches.put(f.batch(), stock);
        orders.put(f.order(), stock);
      }
      case ExpirySigned f -> {
        BatchStock stock = orders.get(f.order());
        if (stock != null && f.step() == ExpiryStep.APPROVAL) {
          f.funder().ifPresent(funder -> stock.approve(funder, f.signedOn()));
        }
      }
      case PrescriberRegistered f -> prescribers.put(f.prescriber(), new Registered(f, position));
      case ChequesDelivered f -> {
        deliveries.put(
            f.delivery(),
            new Delivery(f.delivery(), f.prescriber(), f.cheques(), f.deliveredOn(), position));
        held.computeIfAbsent(f.prescriber(), _ -> new HashSet<>()).add(f.cheques().batch());
        issued(f.cheques()).deliver(f.cheques(), f.prescriber(), f.deliveredOn());
      }
      case ChequesHandedOut f -> {
        handOuts.put(ChequesHandedOut.tag(f.prescriber(), f.handOut()), position);
        handOutsOf.computeIfAbsent(f.prescriber(), _ -> new Positions()).add(position);
        f.cheques().forEach(range -> issued(range).handOut(range));
        f.beneficiary()
            .ifPresent(
                person ->
                    f.cheques()
                        .forEach(
                            range ->
                                persons.handOut(
                                    person, issued(range).issued(), range, f.handedOutOn())));
      }
      case StockReturned f -> {
        handOuts.put(TakeBackDecision.tag(f.prescriber(), f.correction()), position);
        f.cheques().forEach(range -> issued(range).takeBack(range));
      }
      case HandOutCorrected f -> {
        handOuts.put(TakeBackDecision.tag(f.prescriber(), f.correction()), position);
        f.cheques().forEach(range -> issued(range).correctHandOut(range, position));
        f.cheques().forEach(range -> persons.correct(issued(range).issued(), range));
      }
      case SlipJudged f -> redeem(f);
      case SlipWithdrawn f ->
          f.cheques().forEach(cheque -> issued(cheque.batch()).release(cheque.ordinal()));
      case ChequesExpired f -> issued(f.batch()).expire();
      case ChequesOpposed f -> f.stopped().forEach(range -> issued(range).oppose(range));
      default -> {}
    }
  }

  private void redeem(SlipJudged slip) {
    // Cheques of one batch mostly stand together.
    Batch batch = null;
    BatchStock stock = null;
    for (SlipJudged.Line line : slip.lines()) {
      if (line.rejected().isPresent()) {
        continue;
      }
      Serial cheque = line.cheque().orElseThrow();
      if (stock == null || !cheque.batch().equals(batch)) {
        batch = cheque.batch();
        stock = issued(batch);
      }
      stock.redeem(cheque.ordinal());
    }
  }

  private CentsOfCheques cents(ChequesIssued issued) {
    List<Share> key = keys.get(issued.key());
    if (key == null) {
      throw new IllegalStateException("no fact signs " + issued.key());
    }
    return CentsOfCheques.of(issued, key);
  }

  BatchStock issued(ChequeRange range) {
    return issued(range.batch());
  }

  private BatchStock issued(Batch batch) {
    BatchStock stock = batches.get(batch);
    if (stock == null) {
      throw new IllegalStateException("no fact issues batch " + batch);
    }
    return stock;
  }

  /**
   * @return the position at which it is registered, null if it is not
   */
  @Nullable Long prescriber(PrescriberId prescriber) {
    Registered registered = prescribers.get(prescriber);
    return registered == null ? null : registered.position();
  }

  /** In no order. */
  List<PrescriberRegistered> prescribers() {
    return prescribers.values().stream().map(Registered::fact).toList();
  }

  /** Of whoever handed out none, none. */
  Positions handOutsOf(PrescriberId prescriber) {
    return handOutsOf.getOrDefault(prescriber, new Positions());
  }

  /** The batches of which this prescriber ever held a cheque, in no order. */
  Set<Batch> batchesOf(PrescriberId prescriber) {
    return held.getOrDefault(prescriber, Set.of());
  }

  PersonsCarnets persons() {
    return persons;
  }

  @Nullable BatchStock batch(Batch batch) {
    return batches.get(batch);
  }

  /**
   * @return the position at which it is recorded, null if it is not
   */
  @Nullable Long delivery(DeliveryId delivery) {
    Delivery recorded = deliveries.get(delivery);
    return recorded == null ? null : recorded.position();
  }

  /** In order of record. */
  List<Delivery> deliveries() {
    return List.copyOf(deliveries.values());
  }

  /**
   * @return the position at which it is recorded, 0 if it is not
   */
  long handOut(PrescriberId prescriber, HandOutId handOut) {
    return handOuts.position(ChequesHandedOut.tag(prescriber, handOut));
  }

  /** In order of their identifiers. */
  List<PrescriberId> prescribersOf(HandOutId handOut) {
    return handOutsOf.keySet().stream()
        .filter(prescriber -> handOut(prescriber, handOut) != 0)
        .sorted(Comparator.comparing(PrescriberId::value))
        .toList();
  }

  /** Its cheques but for those that were put back into stock since. */
  List<ChequeRange> leftOf(ChequesHandedOut handOut) {
    long position = handOut(handOut.prescriber(), handOut.handOut());
    return handOut.cheques().stream()
        .flatMap(range -> issued(range).leftOf(range, position).stream())
        .toList();
  }

  /**
   * @return the position at which it is recorded, 0 if it is not
   */
  long correction(PrescriberId prescriber, CorrectionId correction) {
    return handOuts.position(TakeBackDecision.tag(prescriber, correction));
  }
}
