package fr.passnumerique.clearing.giveback;

import fr.passnumerique.clearing.expiry.CreditNoteId;
import fr.passnumerique.clearing.expiry.CreditNoteRefunded;
import fr.passnumerique.clearing.expiry.RefundTakenBack;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.AgreementSigned;
import fr.passnumerique.clearing.funding.AgreementTerms;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.PaidEarly;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.Register;
import fr.passnumerique.clearing.refund.RefundReinstated;
import fr.passnumerique.clearing.refund.RefundRejected;
import fr.passnumerique.clearing.refund.RefundReturned;
import fr.passnumerique.clearing.refund.RefundsCancelled;
import fr.passnumerique.clearing.refund.RefundsOrdered;
import fr.passnumerique.clearing.settlement.TransferId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is free, what of it is to go back, and how far that has come. */
final class GiveBackRegister implements Register {
  private final PaidEarly paidEarly = new PaidEarly();
  private final Map<AgreementId, ProgrammeId> agreements = new HashMap<>();
  private final Map<AgreementId, Set<FunderId>> parties = new HashMap<>();
  private final Map<GiveBackId, GiveBack> all = new HashMap<>();

  /** The transfers that are to refund notes, of whatever they are, until their end is known. */
  private final Map<CreditNoteId, TransferId> underWay = new HashMap<>();

  /** The notes that transfers were to refund, but for those of which nobody was given a file. */
  private final Map<TransferId, CreditNoteId> sent = new HashMap<>();

  private final Map<CreditNoteId, LocalDate> refunded = new HashMap<>();

  /**
   * @param position of the fact
   * @param cancelledAt position of the fact that cancels it; 0 if none does
   */
  record GiveBack(CreditGivenBack fact, long position, long cancelledAt) {}

  @Override
  public void fold(Fact fact, long position, Instant recordedAt) {
    paidEarly.fold(fact);
    switch (fact) {
      case AgreementTerms f -> {
        if (f instanceof AgreementSigned signed) {
          agreements.put(signed.agreement(), signed.programme());
        }
        Set<FunderId> known = parties.computeIfAbsent(f.agreement(), _ -> new HashSet<>());
        f.shares()
            .forEach(
                share -> {
                  known.add(share.funder());
                  share.preFinancier().ifPresent(known::add);
                });
      }
      case CreditGivenBack f -> all.put(f.giveBack(), new GiveBack(f, position, 0));
      case GiveBackCancelled f ->
          all.computeIfPresent(
              f.giveBack(), (_, one) -> new GiveBack(one.fact(), one.position(), position));
      case RefundsOrdered f ->
          f.transfers()
              .forEach(
                  one -> {
                    underWay.put(one.creditNote(), one.transfer());
                    sent.put(one.transfer(), one.creditNote());
                  });
      case RefundsCancelled f ->
          f.creditNotes().forEach(note -> sent.remove(underWay.remove(note), note));
      case RefundRejected f -> underWay.remove(f.creditNote());
      case RefundReinstated f -> underWay.put(f.creditNote(), f.transfer());
      case CreditNoteRefunded f -> {
        underWay.remove(f.creditNote());
        refunded.put(f.creditNote(), f.bookedOn());
      }
      case RefundReturned f -> refunded.remove(f.creditNote());
      case RefundTakenBack f -> {
        refunded.remove(f.creditNote());
        f.transfer().ifPresent(id -> underWay.put(f.creditNote(), id));
      }
      default -> {}
    }
  }

  // --- questions

  @Nullable GiveBack giveBack(GiveBackId id) {
    return all.get(id);
  }

  @Nullable ProgrammeId programme(AgreementId agreement) {
    return agreements.get(agreement);
  }

  boolean isParty(AgreementId agreement, FunderId funder) {
    return parties.getOrDefault(agreement, Set.of()).contains(funder);
  }

  /** What is free, and what of it is owed for cheques used. */
  PaidEarly paidEarly() {
    return paidEarly;
  }

  /** The transfer that is to refund a note and whose end is not known; null if there is none. */
  @Nullable TransferId underWay(CreditNoteId note) {
    return underWay.get(note);
  }

  /** Whether a transfer was to refund a note: not one of an order that was cancelled. */
  boolean refunds(TransferId transfer, CreditNoteId note) {
    return note.equals(sent.get(transfer));
  }

  @Nullable LocalDate refundedOn(CreditNoteId note) {
    return refunded.get(note);
  }
}
