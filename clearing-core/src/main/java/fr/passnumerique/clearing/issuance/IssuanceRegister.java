package fr.passnumerique.clearing.issuance;

import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.AgreementSigned;
import fr.passnumerique.clearing.funding.AgreementSigned.Share;
import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.FundsReceived;
import fr.passnumerique.clearing.funding.ProgrammeDefined;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.Register;
import fr.passnumerique.clearing.money.QuotaSequence;
import java.time.Instant;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What each agreement has issued, received and set aside, and which cheques are activated: a bit a
 * cheque.
 */
final class IssuanceRegister implements Register {
  private final Map<ProgrammeId, ProgrammeDefined> programmes = new HashMap<>();
  private final Map<AgreementId, Account> accounts = new HashMap<>();
  private final Map<OrderId, Issued> orders = new HashMap<>();
  private final Map<Batch, Issued> batches = new HashMap<>();
  private final Map<ActivationId, Long> activations = new HashMap<>();
  private int lastBatch;

  /** One agreement; per funder in the key's order. */
  static final class Account {
    private final AgreementSigned agreement;
    private final ProgrammeDefined programme;
    private final QuotaSequence sequence;
    private final long[] issued;
    private final long[] received;
    private final long[] setAside;
    private long nextCent;

    private Account(AgreementSigned agreement, ProgrammeDefined programme) {
      this.agreement = agreement;
      this.programme = programme;
      List<Share> key = agreement.shares();
      sequence = CentsOfCheques.sequence(key);
      issued = new long[key.size()];
      received = new long[key.size()];
      setAside = new long[key.size()];
    }

    AgreementSigned agreement() {
      return agreement;
    }

    ProgrammeDefined programme() {
      return programme;
    }

    QuotaSequence sequence() {
      return sequence;
    }

    /** Number of the first cent that no order of this key version has. */
    long nextCent() {
      return nextCent;
    }

    /**
     * @param place of the funder in the key, from 0
     * @return what may still be issued at this funder's cost
     */
    long belowCeiling(int place) {
      return agreement.shares().get(place).ceilingCents() - issued[place];
    }

    /**
     * @param place of the funder in the key, from 0
     * @return what the funder has paid in and is not yet set aside
     */
    long free(int place) {
      return received[place] - setAside[place];
    }

    private void add(long[] totals, List<FundedCents> shares) {
      for (FundedCents share : shares) {
        int place = place(share.funder());
        totals[place] = Math.addExact(totals[place], share.cents());
      }
    }

    private int place(FunderId funder) {
      List<Share> key = agreement.shares();
      for (int place = 0; place < key.size(); place++) {
        if (key.get(place).funder().equals(funder)) {
          return place;
        }
      }
      throw new IllegalStateException(
          "funder %s has no share in agreement %s".formatted(funder, agreement.agreement()));
    }
  }

  /** One order and its batch. */
  static final class Issued {
    private final ChequesIssued fact;
    private final long position;
    private final CentsOfCheques cents;
    private final BitSet activated = new BitSet();

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

    /** The first activated ordinal in the range; 0 if there is none. */
    int activatedWithin(int first, int last) {
      int ordinal = activated.nextSetBit(first);
      return ordinal >= first && ordinal <= last ? ordinal : 0;
    }
  }

  @Override
  public void fold(Fact fact, long position, Instant recordedAt) {
    switch (fact) {
      case ProgrammeDefined f -> programmes.put(f.programme(), f);
      case AgreementSigned f -> accounts.put(f.agreement(), new Account(f, programmeOf(f)));
      case FundsReceived f -> {
        Account account = accountOf(f.agreement());
        int place = account.place(f.funder());
        account.received[place] = Math.addExact(account.received[place], f.amountCents());
      }
      case ChequesIssued f -> issue(f, position);
      case ChequesActivated f -> {
        activations.put(f.activation(), position);
        batchOf(f.batch()).activated.set(f.firstOrdinal(), f.lastOrdinal() + 1);
        Account account = accountOf(f.agreement());
        account.add(account.setAside, f.shares());
      }
      default -> {}
    }
  }

  private void issue(ChequesIssued f, long position) {
    Account account = accountOf(f.agreement());
    Issued issued = new Issued(f, position, CentsOfCheques.of(f, account.agreement.shares()));
    orders.put(f.order(), issued);
    batches.put(f.batch(), issued);
    lastBatch = Math.max(lastBatch, f.batch().number());
    account.add(account.issued, f.shares());
    account.nextCent = Math.addExact(f.firstCent(), f.chequeCount() * f.faceValueCents());
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

  @Nullable Issued order(OrderId order) {
    return orders.get(order);
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
