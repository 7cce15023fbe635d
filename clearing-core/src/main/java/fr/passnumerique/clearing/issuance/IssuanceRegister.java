package fr.passnumerique.clearing.issuance;

import fr.passnumerique.clearing.bookkeeping.FreeCredit;
import fr.passnumerique.clearing.distribution.ChequesDelivered;
import fr.passnumerique.clearing.distribution.ChequesHandedOut;
import fr.passnumerique.clearing.distribution.HandOutCorrected;
import fr.passnumerique.clearing.distribution.StockReturned;
import fr.passnumerique.clearing.expiry.ChequesExpired;
import fr.passnumerique.clearing.funding.AgreementAmended;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.AgreementSigned;
import fr.passnumerique.clearing.funding.AgreementSigned.Share;
import fr.passnumerique.clearing.funding.AgreementTerms;
import fr.passnumerique.clearing.funding.AskedShares;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.FunderRegistered;
import fr.passnumerique.clearing.funding.ProgrammeDefined;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.Register;
import fr.passnumerique.clearing.money.QuotaSequence;
import fr.passnumerique.clearing.redemption.ChequesOpposed;
import fr.passnumerique.clearing.redemption.ChequesReplaced;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedCollection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What each agreement has issued, received and set aside, and which cheques are activated: a bit a
 * cheque.
 */
final class IssuanceRegister implements Register, AskedShares.Known {
  private final Map<ProgrammeId, ProgrammeDefined> programmes = new HashMap<>();
  private final Set<FunderId> funders = new HashSet<>();
  private final Map<AgreementId, Account> accounts = new HashMap<>();
  private final LinkedHashMap<OrderId, Issued> orders = new LinkedHashMap<>();
  private final Map<Batch, Issued> batches = new HashMap<>();
  private final Map<ActivationId, Long> activations = new HashMap<>();
  private final FreeCredit credit = new FreeCredit();
  private int lastBatch;

  /** One agreement: its versions, and what is issued under all of them. */
  static final class Account {
    private final AgreementSigned agreement;
    private final ProgrammeDefined programme;
    private final List<Version> versions = new ArrayList<>();
    private final Map<FunderId, Long> issued = new HashMap<>();

    private Account(AgreementSigned agreement, ProgrammeDefined programme) {
      this.agreement = agreement;
      this.programme = programme;
      versions.add(new Version(agreement));
    }

    AgreementSigned agreement() {
      return agreement;
    }

    ProgrammeDefined programme() {
      return programme;
    }

    /** The version under which an order of this day is issued: the last one in force. */
    Version inForceOn(LocalDate day) {
      return versions.reversed().stream()
          .filter(version -> !version.terms.inForceFrom().isAfter(day))
          .findFirst()
          .orElse(versions.getFirst());
    }

    private boolean isPaidBy(FunderId funder) {
      return versions.stream()
          .flatMap(version -> version.terms.shares().stream())
          .anyMatch(
              share ->
                  share.funder().equals(funder)
                      || share.preFinancier().filter(funder::equals).isPresent());
    }

    private Version version(int number) {
      return versions.get(number - 1);
    }

    /**
     * @return what may still be issued at this funder's cost; below zero if an amendment lowered
     *     the ceiling below what is issued
     */
    long belowCeiling(Share share) {
      return share.ceilingCents() - issued.getOrDefault(share.funder(), 0L);
    }
  }

  /** One version of an agreement's terms, and how far its cents are dealt. */
  static final class Version {
    private final AgreementTerms terms;
    private final QuotaSequence sequence;
    private long nextCent;

    private Version(AgreementTerms terms) {
      this.terms = terms;
      sequence = CentsOfCheques.sequence(terms.shares());
    }

    AgreementTerms terms() {
      return terms;
    }

    QuotaSequence sequence() {
      return sequence;
    }

    /** Number of the first cent that no order of this version has. */
    long nextCent() {
      return nextCent;
    }
  }

  /** One order and its batch. */
  static final class Issued {
    private final ChequesIssued fact;
    private final long position;
    private final CentsOfCheques cents;
    private final BitSet activated = new BitSet();
    private final BitSet opposed = new BitSet();
    private int delivered;
    private int handedOut;
    private boolean expired;

    private Issued(ChequesIssued fact, long position, CentsOfCheques cents) {
      this.fact = fact;
      this.position = position;
      this.cents = cents;
    }

    ChequesIssued fact() {
      return fact;
    }

    long position() {
      return position;
    }

    CentsOfCheques cents() {
      return cents;
    }

    /** How many are activated. */
    int activated() {
      return activated.cardinality();
    }

    /** How many are at prescribers, or were handed out by them. */
    int delivered() {
      return delivered;
    }

    int handedOut() {
      return handedOut;
    }

    boolean isExpired() {
      return expired;
    }

    /** Whether a share of it is this funder's, or stands on its cash. */
    boolean isPaidBy(FunderId funder) {
      return fact.shares().stream()
          .anyMatch(part -> part.funder().equals(funder) || part.cashOwner().equals(funder));
    }

    /**
     * What cheques take of each owner's cash: a pre-financier's covers its own share and those that
     * it advances.
     *
     * @param totals cents of the cheques, one per funder in the key's order
     * @return in the key's order
     */
    Map<FunderId, Long> needed(long[] totals) {
      Map<FunderId, Long> needed = new LinkedHashMap<>();
      for (int place = 0; place < totals.length; place++) {
        needed.merge(cents.cashOwner(place), totals[place], Math::addExact);
      }
      return needed;
    }

    /** The same of all that may still be activated. */
    Map<FunderId, Long> neededForTheRest() {
      long[] totals = new long[cents.funders()];
      BitSet over = (BitSet) activated.clone();
      over.or(opposed);
      int count = expired ? 0 : fact.chequeCount();
      int first = over.nextClearBit(1);
      while (first <= count) {
        int next = over.nextSetBit(first);
        int last = next < 0 ? count : Math.min(count, next - 1);
        cents.addTo(totals, first, last);
        first = over.nextClearBit(last + 1);
      }
      return needed(totals);
    }

    /** The first activated ordinal in the range; 0 if there is none. */
    int activatedWithin(int first, int last) {
      return within(activated, first, last);
    }

    /** The first ordinal in the range that was reported lost or stolen; 0 if there is none. */
    int opposedWithin(int first, int last) {
      return within(opposed, first, last);
    }

    private static int within(BitSet set, int first, int last) {
      int ordinal = set.nextSetBit(first);
      return ordinal >= first && ordinal <= last ? ordinal : 0;
    }
  }

  @Override
  public void fold(Fact fact, long position, Instant recordedAt) {
    credit.fold(fact);
    switch (fact) {
      case ProgrammeDefined f -> programmes.put(f.programme(), f);
      case FunderRegistered f -> funders.add(f.funder());
      case AgreementSigned f -> accounts.put(f.agreement(), new Account(f, programmeOf(f)));
      case AgreementAmended f -> accountOf(f.agreement()).versions.add(new Version(f));
      case ChequesIssued f -> issue(f, position);
      case ChequesActivated f -> {
        activations.put(f.activation(), position);
        batchOf(f.batch()).activated.set(f.firstOrdinal(), f.lastOrdinal() + 1);
      }
      case ChequesReplaced f ->
          f.activated()
              .forEach(
                  range -> batchOf(range.batch()).activated.set(range.first(), range.last() + 1));
      case ChequesOpposed f ->
          f.stopped()
              .forEach(
                  range -> batchOf(range.batch()).opposed.set(range.first(), range.last() + 1));
      case ChequesDelivered f -> batchOf(f.cheques().batch()).delivered += f.cheques().count();
      case StockReturned f ->
          f.cheques().forEach(range -> batchOf(range.batch()).delivered -= range.count());
      case ChequesHandedOut f ->
          f.cheques().forEach(range -> batchOf(range.batch()).handedOut += range.count());
      case HandOutCorrected f ->
          f.cheques().forEach(range -> batchOf(range.batch()).handedOut -= range.count());
      case ChequesExpired f -> batchOf(f.batch()).expired = true;
      default -> {}
    }
  }

  private void issue(ChequesIssued f, long position) {
    Account account = accountOf(f.agreement());
    Version version = account.version(f.keyVersion());
    Issued issued = new Issued(f, position, CentsOfCheques.of(f, version.terms.shares()));
    orders.put(f.order(), issued);
    batches.put(f.batch(), issued);
    lastBatch = Math.max(lastBatch, f.batch().number());
    if (f.replaces()) {
      // Its cents were issued with the cheques that it replaces.
      return;
    }
    f.shares().forEach(part -> account.issued.merge(part.funder(), part.cents(), Math::addExact));
    version.nextCent = Math.addExact(f.firstCent(), f.chequeCount() * f.faceValueCents());
  }

  private ProgrammeDefined programmeOf(AgreementSigned agreement) {
    ProgrammeDefined programme = programmes.get(agreement.programme());
    if (programme == null) {
      throw new IllegalStateException(
          "agreement %s names programme %s, which no fact defines"
              .formatted(agreement.agreement(), agreement.programme()));
    }
    return programme;
  }

  private Account accountOf(AgreementId agreement) {
    Account account = accounts.get(agreement);
    if (account == null) {
      throw new IllegalStateException("no fact signs agreement " + agreement);
    }
    return account;
  }

  private Issued batchOf(Batch batch) {
    Issued issued = batches.get(batch);
    if (issued == null) {
      throw new IllegalStateException("no fact issues batch " + batch);
    }
    return issued;
  }

  @Nullable Account account(AgreementId agreement) {
    return accounts.get(agreement);
  }

  @Override
  public boolean knowsFunder(FunderId funder) {
    return funders.contains(funder);
  }

  @Override
  public boolean knowsAgreement(AgreementId agreement) {
    return accounts.containsKey(agreement);
  }

  /** Whether the funder has a share of the agreement, or advances one, under any version. */
  @Override
  public boolean isParty(AgreementId agreement, FunderId funder) {
    Account account = accounts.get(agreement);
    return account != null && account.isPaidBy(funder);
  }

  /** What the funders' cash leaves for further activations. */
  FreeCredit credit() {
    return credit;
  }

  @Nullable Issued order(OrderId order) {
    return orders.get(order);
  }

  /** In no order. */
  /** In order of record. */
  SequencedCollection<Issued> orders() {
    return orders.sequencedValues();
  }

  @Nullable Issued batch(Batch batch) {
    return batches.get(batch);
  }

  /**
   * @return the position at which it is recorded, null if it is not
   */
  @Nullable Long activation(ActivationId activation) {
    return activations.get(activation);
  }

  /** The highest batch number allotted so far, 0 if there is none. */
  int lastBatch() {
    return lastBatch;
  }
}
