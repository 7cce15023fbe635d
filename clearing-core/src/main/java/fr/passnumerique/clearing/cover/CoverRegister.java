package fr.passnumerique.clearing.cover;

import fr.passnumerique.clearing.bank.BankEntryMatched;
import fr.passnumerique.clearing.bank.BankStatementImported;
import fr.passnumerique.clearing.bookkeeping.Account;
import fr.passnumerique.clearing.bookkeeping.AccountKind;
import fr.passnumerique.clearing.bookkeeping.BankProof;
import fr.passnumerique.clearing.bookkeeping.Entry;
import fr.passnumerique.clearing.bookkeeping.Postings;
import fr.passnumerique.clearing.bookkeeping.UnexplainedDebits;
import fr.passnumerique.clearing.calls.CalledFunds;
import fr.passnumerique.clearing.calls.FundsCalled;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.AgreementSigned.Share;
import fr.passnumerique.clearing.funding.AgreementTerms;
import fr.passnumerique.clearing.funding.AskedShares;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.FunderRegistered;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.Register;
import fr.passnumerique.clearing.territory.Paris;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Cover after every fact, from what the fact posts and from nothing else: whoever folds the log
 * finds the same.
 *
 * <p>It is also an alarm: a fact that leaves less cash than is owed stops the node, unless it tells
 * what the bank did. Such a fact is true whatever it breaks; it opens a breach, until cash is there
 * again.
 */
final class CoverRegister implements Register, AskedShares.Known {
  private final SortedMap<Owner, RingFence> fences = new TreeMap<>();

  /** By agreement: who has a share or advances one. */
  private final Map<String, Set<String>> parties = new HashMap<>();

  private final Set<String> funders = new HashSet<>();
  private long bank;
  private long unmatched;
  private final CalledFunds called = new CalledFunds();
  private final UnexplainedDebits unexplained = new UnexplainedDebits();
  private final ByHand byHand = new ByHand();
  private final PartlyExplained partly = new PartlyExplained();
  private RingFence.@Nullable Breach accountBreach;

  /** What was open when an entry was explained last: it goes on if a part is left unexplained. */
  private RingFence.@Nullable Breach explainedBreach;

  private RingFence.@Nullable Breach unprovenSince;
  private long position;
  private @Nullable Instant recordedAt;

  /** By the same rule as the list of statements tells: see {@link BankProof}. */
  private final BankProof proof = new BankProof();

  /** Whose cash, for what. */
  record Owner(String agreement, String funder) implements Comparable<Owner> {
    private static final Comparator<Owner> ORDER =
        Comparator.comparing(Owner::agreement).thenComparing(Owner::funder);

    @Override
    public int compareTo(Owner other) {
      return ORDER.compare(this, other);
    }
  }

  // --- facts

  @Override
  public void fold(Fact fact, long position, Instant recordedAt) {
    this.position = position;
    this.recordedAt = recordedAt;
    if (proof.fold(fact, Paris.dayOf(recordedAt))) {
      prove(recordedAt);
    }
    called.fold(fact, position);
    switch (fact) {
      case FundsCalled f ->
          fences.computeIfAbsent(
              new Owner(f.agreement().value(), f.funder().value()), _ -> new RingFence());
      case FunderRegistered f -> funders.add(f.funder().value());
      case AgreementTerms f -> sign(f);
      default -> post(fact, Postings.of(fact), recordedAt);
    }
  }

  private void prove(Instant at) {
    if (proof.verdict().map(BankProof.Closing::proven).orElse(true)) {
      unprovenSince = null;
    } else if (unprovenSince == null) {
      unprovenSince = new RingFence.Breach(position, at);
    }
  }

  private void sign(AgreementTerms terms) {
    String agreement = terms.agreement().value();
    Set<String> known = parties.computeIfAbsent(agreement, _ -> new HashSet<>());
    for (Share share : terms.shares()) {
      String owner = share.preFinancier().orElse(share.funder()).value();
      known.add(share.funder().value());
      known.add(owner);
      fences.computeIfAbsent(new Owner(agreement, owner), _ -> new RingFence());
    }
  }

  private void post(Fact fact, List<Entry> entries, Instant at) {
    unexplained.fold(fact, entries);
    byHand.fold(fact, entries);
    judgeAccount(fact, at);
    long booked = 0;
    boolean explains = false;
    Map<Owner, Long> touched = new HashMap<>();
    for (Entry entry : entries) {
      Account account = entry.account();
      if (account.kind() == AccountKind.BANK) {
        booked = Math.addExact(booked, entry.cents());
      } else if (account.kind() == AccountKind.UNMATCHED) {
        unmatched = Math.subtractExact(unmatched, entry.cents());
        explains = true;
      }
      if (RingFence.concerns(account)) {
        Owner owner = new Owner(account.agreement(), account.funder());
        RingFence fence = fences.computeIfAbsent(owner, _ -> new RingFence());
        touched.putIfAbsent(owner, fence.margin());
        fence.add(entry);
      }
    }
    bank = Math.addExact(bank, booked);
    partly.fold(fact, booked);
    // What the bank did: money came or went, or what it had booked is found to be somebody's.
    boolean bankDid = booked != 0 || explains;
    touched.forEach((owner, before) -> judge(fact, owner, before, bankDid, at));
  }

  private void judgeAccount(Fact fact, Instant at) {
    if (fact instanceof BankEntryMatched) {
      explainedBreach = accountBreach;
    }
    if (!unexplained.breakCover()) {
      accountBreach = null;
    } else if (accountBreach == null) {
      accountBreach =
          explainedBreach != null && partly.isLeftBy(fact)
              ? explainedBreach
              : new RingFence.Breach(position, at);
    }
  }

  private void judge(Fact fact, Owner owner, long before, boolean bankDid, Instant at) {
    RingFence fence = fence(owner);
    if (fence.margin() != fence.freeCredit()) {
      throw new IllegalStateException(
          "%s leaves funder %s %d cents above what agreement %s has to cover and %d of free credit, which must be the same"
              .formatted(
                  fact.getClass().getSimpleName(),
                  owner.funder(),
                  fence.margin(),
                  owner.agreement(),
                  fence.freeCredit()));
    }
    if (fence.margin() < 0 && fence.margin() < before && !bankDid) {
      throw new IllegalStateException(
          "%s takes %d cents of funder %s for agreement %s that are not there; only the bank can do so"
              .formatted(
                  fact.getClass().getSimpleName(),
                  -fence.margin(),
                  owner.funder(),
                  owner.agreement()));
    }
    fence.judge(position, at);
  }

  private RingFence fence(Owner owner) {
    RingFence fence = fences.get(owner);
    if (fence == null) {
      throw new IllegalStateException("no cash of " + owner);
    }
    return fence;
  }

  // --- questions

  SortedMap<Owner, RingFence> fences() {
    return fences;
  }

  /** Called of the owner and not received: no cash. */
  long called(Owner owner) {
    return called.openCents(new AgreementId(owner.agreement()), new FunderId(owner.funder()));
  }

  @Override
  public boolean knowsFunder(FunderId funder) {
    return funders.contains(funder.value());
  }

  @Override
  public boolean knowsAgreement(AgreementId agreement) {
    return parties.containsKey(agreement.value());
  }

  /** Whether the funder has a share of the agreement, or advances one. */
  @Override
  public boolean isParty(AgreementId agreement, FunderId funder) {
    return parties.getOrDefault(agreement.value(), Set.of()).contains(funder.value());
  }

  /** All that the ledger has on the ring-fenced account, explained or not. */
  long bank() {
    return bank;
  }

  /** What the bank booked and nobody has explained: above zero if more came in than went out. */
  long unmatched() {
    return unmatched;
  }

  /** What it took of that. */
  long unexplainedDebits() {
    return unexplained.cents();
  }

  /** What clerks say that was paid in and the last statement of this day cannot show. */
  long byHandCents(LocalDate closingOn) {
    return byHand.after(closingOn).values().stream().reduce(0L, Math::addExact);
  }

  /**
   * Whether what is to be covered is more than the cash without that, for one owner of cash or for
   * all together: what one transferred on to another agreement is counted there and here.
   */
  boolean leansOnByHand(LocalDate closingOn) {
    long required = 0;
    long cash = 0;
    long unseen = 0;
    Map<Owner, Long> cents = byHand.after(closingOn);
    for (Map.Entry<Owner, RingFence> each : fences.entrySet()) {
      RingFence fence = each.getValue();
      long part = cents.getOrDefault(each.getKey(), 0L);
      if (part > 0 && leans(fence.required(), fence.cash(), part)) {
        return true;
      }
      required = Math.addExact(required, fence.required());
      cash = Math.addExact(cash, fence.cash());
      unseen = Math.addExact(unseen, part);
    }
    return unseen > 0 && leans(required, cash, unseen);
  }

  private static boolean leans(long required, long cash, long unseen) {
    return required > 0 && required > Math.subtractExact(cash, unseen);
  }

  /** Since when cash of nobody knows whom has been taken; null if none is. */
  RingFence.@Nullable Breach accountBreach() {
    return accountBreach;
  }

  /** The closing balance that proves the cash or disproves it; empty if there is none. */
  Optional<BankStatementImported> disputed() {
    return proof.disputed();
  }

  Optional<BankProof.Closing> verdict() {
    return proof.verdict();
  }

  /** Since when the ledger has not had every closing balance; null while it has. */
  RingFence.@Nullable Breach unprovenSince() {
    return unprovenSince;
  }

  long position() {
    return position;
  }

  @Nullable Instant recordedAt() {
    return recordedAt;
  }
}
