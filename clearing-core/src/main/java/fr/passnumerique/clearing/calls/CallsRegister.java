package fr.passnumerique.clearing.calls;

import fr.passnumerique.clearing.bank.BankEntryProved;
import fr.passnumerique.clearing.bank.PaymentReferenceAssigned;
import fr.passnumerique.clearing.calls.FundsCalled.Basis;
import fr.passnumerique.clearing.funding.AgreementAmended;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.AgreementSigned;
import fr.passnumerique.clearing.funding.AgreementSigned.PaymentTerms;
import fr.passnumerique.clearing.funding.AgreementSigned.Share;
import fr.passnumerique.clearing.funding.AgreementTerms;
import fr.passnumerique.clearing.funding.AskedShares;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.FunderRegistered;
import fr.passnumerique.clearing.funding.FundsArrived;
import fr.passnumerique.clearing.funding.FundsReceived;
import fr.passnumerique.clearing.funding.FundsTransferred;
import fr.passnumerique.clearing.funding.PaidEarly;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.funding.ReceiptId;
import fr.passnumerique.clearing.funding.ReceiptTakenBack;
import fr.passnumerique.clearing.giveback.CreditGivenBack;
import fr.passnumerique.clearing.giveback.GiveBackCancelled;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.Register;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is called, and what may be. */
final class CallsRegister implements Register, AskedShares.Known {
  private final CalledFunds called = new CalledFunds();
  private final PaidEarly paidEarly = new PaidEarly();
  private final Receipts receipts = new Receipts();
  private final Map<AgreementId, Agreement> agreements = new TreeMap<>();

  /** What came in for a funder, and was not paid on to another. */
  private final Map<Account, Long> paidIn = new HashMap<>();

  private final Set<FunderId> funders = new HashSet<>();
  private final Set<String> references = new HashSet<>();
  private long position;

  private record Account(AgreementId agreement, FunderId funder) {}

  /**
   * @param latest shares of the last version signed
   * @param parties whose cash may stand under it, under any version
   */
  record Agreement(ProgrammeId programme, List<Share> latest, Set<FunderId> parties) {}

  @Override
  public void fold(Fact fact, long position, Instant recordedAt) {
    this.position = position;
    called.fold(fact, position);
    paidEarly.fold(fact);
    switch (fact) {
      case FunderRegistered f -> funders.add(f.funder());
      case AgreementTerms f -> sign(f);
      case FundsArrived f -> {
        if (f instanceof FundsTransferred transferred) {
          payIn(transferred.from(), transferred.funder(), -transferred.amountCents());
        }
        payIn(f.arrivedFor(), f.funder(), f.ownCents());
        f.repaid().ifPresent(back -> payIn(f.arrivedFor(), back.preFinancier(), back.cents()));
        if (f instanceof FundsReceived received) {
          receipts.receive(received, position);
        }
      }
      case BankEntryProved f ->
          f.receipt().ifPresent(receipt -> receipts.prove(new ReceiptId(receipt), f.entry()));
      case ReceiptTakenBack f -> {
        receipts.takeBack(f.receipt());
        payIn(f.agreement(), f.funder(), -f.ownCents());
        f.repaid().ifPresent(back -> payIn(f.agreement(), back.preFinancier(), -back.cents()));
      }
      case CreditGivenBack f -> payIn(f.agreement(), f.funder(), -f.amountCents());
      case GiveBackCancelled f -> payIn(f.agreement(), f.funder(), f.amountCents());
      case PaymentReferenceAssigned f -> references.add(f.reference());
      default -> {}
    }
  }

  private void sign(AgreementTerms terms) {
    Agreement before = agreements.get(terms.agreement());
    Set<FunderId> parties = before == null ? new LinkedHashSet<>() : before.parties();
    for (Share share : terms.shares()) {
      parties.add(share.funder());
      share.preFinancier().ifPresent(parties::add);
    }
    agreements.put(
        terms.agreement(),
        new Agreement(programme(terms, before), List.copyOf(terms.shares()), parties));
  }

  private static ProgrammeId programme(AgreementTerms terms, @Nullable Agreement before) {
    return switch (terms) {
      case AgreementSigned signed -> signed.programme();
      case AgreementAmended amended -> {
        if (before == null) {
          throw new IllegalStateException("no fact signs agreement " + amended.agreement());
        }
        yield before.programme();
      }
    };
  }

  private void payIn(AgreementId agreement, FunderId funder, long cents) {
    paidIn.merge(new Account(agreement, funder), cents, Math::addExact);
  }

  // --- questions

  /** In order of identifier. */
  Map<AgreementId, Agreement> agreements() {
    return agreements;
  }

  @Nullable Agreement agreement(AgreementId agreement) {
    return agreements.get(agreement);
  }

  @Override
  public boolean knowsFunder(FunderId funder) {
    return funders.contains(funder);
  }

  @Override
  public boolean knowsAgreement(AgreementId agreement) {
    return agreements.containsKey(agreement);
  }

  /** Whether the funder has a share of the agreement, or advances one. */
  @Override
  public boolean isParty(AgreementId agreement, FunderId funder) {
    Agreement signed = agreements.get(agreement);
    return signed != null && signed.parties().contains(funder);
  }

  boolean isReference(String reference) {
    return references.contains(reference);
  }

  Receipts receipts() {
    return receipts;
  }

  CalledFunds called() {
    return called;
  }

  long position() {
    return position;
  }

  /** By the last version signed; one that is a share's no more may still owe for cheques used. */
  Basis basis(Agreement agreement, FunderId funder) {
    return agreement.latest().stream()
            .anyMatch(
                share -> share.funder().equals(funder) && share.terms() == PaymentTerms.ON_USE)
        ? Basis.USE
        : Basis.CEILING;
  }

  /**
   * What the funder may be asked for now, in cents, not below zero.
   *
   * <p>A prepaid share, and one that the funder advances, up to their ceilings less what came in
   * for it (what an {@code ON_USE} funder paid back to it counts: it is there to be used again),
   * and what any share paid on use owes for cheques used; less what is called and has not come.
   * Refunds of cheques do not count: what expired stays below its ceiling. What is given back
   * unused does: it can be called again while ceilings leave it. What lies unallocated under a
   * funder that owes for cheques used counts as if it had paid for them: the next slip makes it.
   */
  long callableCents(AgreementId id, Agreement agreement, FunderId funder) {
    long ceilings = 0;
    for (Share share : agreement.latest()) {
      FunderId payer = share.preFinancier().orElse(share.funder());
      if (payer.equals(funder)) {
        ceilings = Math.addExact(ceilings, share.ceilingCents());
      }
    }
    long early = earlyCents(id, funder);
    long own = paidIn.getOrDefault(new Account(id, funder), 0L) - early;
    long prepaid = Math.max(0, ceilings - own);
    long used = Math.max(0, paidEarly.debts().cents(id, funder) - early);
    return Math.max(0, prepaid + used - called.openCents(id, funder));
  }

  /** What lies unallocated under a funder and is to pay for cheques used, in cents. */
  long earlyCents(AgreementId id, FunderId funder) {
    return paidEarly.cents(id, funder);
  }
}
