package fr.passnumerique.clearing.distribution;

import static fr.passnumerique.clearing.FundedWorld.CCAS;
import static fr.passnumerique.clearing.FundedWorld.MISSION;
import static fr.passnumerique.clearing.FundedWorld.PROGRAMME;
import static fr.passnumerique.clearing.FundedWorld.REGION;
import static fr.passnumerique.clearing.FundedWorld.STATE;
import static fr.passnumerique.clearing.FundedWorld.TODAY;
import static fr.passnumerique.clearing.FundedWorld.agreement;
import static fr.passnumerique.clearing.FundedWorld.delivery;
import static fr.passnumerique.clearing.FundedWorld.handOut;
import static fr.passnumerique.clearing.FundedWorld.order;
import static fr.passnumerique.clearing.FundedWorld.share;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.BANK;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.CHEQUES_OUTSTANDING;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.FUNDER_CREDIT;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.TITLES_AT_PRESCRIBER;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.TITLES_HANDED_OUT;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.TITLES_IN_STOCK;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.TITLES_ISSUED;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.FundedWorld;
import fr.passnumerique.clearing.bookkeeping.Account;
import fr.passnumerique.clearing.bookkeeping.AccountKind;
import fr.passnumerique.clearing.bookkeeping.Entry;
import fr.passnumerique.clearing.bookkeeping.Postings;
import fr.passnumerique.clearing.distribution.HandOutCheques.Choice;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.ReceiptId;
import fr.passnumerique.clearing.funding.RecordReceipt;
import fr.passnumerique.clearing.issuance.ActivateCheques;
import fr.passnumerique.clearing.issuance.ActivationId;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.ChequesActivated;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import fr.passnumerique.clearing.ledger.Command;
import fr.passnumerique.clearing.ledger.DecisionFixture;
import fr.passnumerique.clearing.ledger.Fact;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Whatever is sent, in whatever order and by whomever at the same moment, every cent issued is in
 * stock, at a prescriber or handed out; no cheque is at two places; and no funder's cheques are
 * activated beyond what it has paid in.
 */
class ConservationTest {
  private static final int STEPS = 3_000;
  private static final List<AgreementId> AGREEMENTS =
      List.of(new AgreementId("creuse-2026"), new AgreementId("correze-2026"));
  private static final List<PrescriberId> PRESCRIBERS = List.of(CCAS, MISSION);
  private static final List<FunderId> FUNDERS = List.of(STATE, REGION);

  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);
  private final DecisionFixture ledger = world().ledger;
  private final Map<Account, Long> balances = new HashMap<>();
  private int folded;

  private static FundedWorld world() {
    FundedWorld world = FundedWorld.usual();
    world.must(
        agreement(
            AGREEMENTS.getLast(),
            PROGRAMME,
            share(REGION, 1, 1_000_000_000),
            share(STATE, 9_999, 1_000_000_000)));
    return world;
  }

  @Test
  void everyCentIssuedIsSomewhereAndEveryCentActivatedIsPaidIn() {
    System.out.printf("seed %d%n", seed);
    for (int step = 0; step < STEPS; step++) {
      if (random.nextInt(3) == 0) {
        ledger.race(any(step, "a"), any(step, "b"));
      } else {
        ledger.send(any(step, "a"));
      }
      fold();
    }
    eachChequeIsDeliveredHandedOutAndActivatedAtMostOnce();
    assertThat(ledger.facts(ChequesIssued.class)).as("seed %d", seed).isNotEmpty();
    assertThat(ledger.facts(ChequesActivated.class)).as("seed %d", seed).isNotEmpty();
    assertThat(ledger.facts(ChequesHandedOut.class)).as("seed %d", seed).isNotEmpty();
  }

  private Command<?> any(int step, String side) {
    // Now and then an identifier of another command.
    String id = "%d%s".formatted(random.nextInt(20) == 0 ? random.nextInt(step + 1) : step, side);
    Batch batch = Batch.of(1 + random.nextInt(Math.max(1, issued())));
    int first = 1 + random.nextInt(40);
    int last = first + random.nextInt(20);
    PrescriberId prescriber = of(PRESCRIBERS);
    return switch (random.nextInt(10)) {
      case 0 -> order(id, of(AGREEMENTS), 10 * (1 + random.nextInt(5)));
      case 1 ->
          new RecordReceipt(
              new ReceiptId(id), of(AGREEMENTS), of(FUNDERS), 1 + random.nextInt(60_000), TODAY);
      case 2, 3 -> {
        int carnet = random.nextInt(5);
        yield delivery(
            id, prescriber, batch, 10 * carnet + 1, 10 * (carnet + 1 + random.nextInt(2)));
      }
      case 4 -> ActivateCheques.all(new ActivationId(id), batch);
      case 5, 6 -> ActivateCheques.range(new ActivationId(id), batch, first, last);
      case 7 -> handOut(id, prescriber, new Choice.Carnets(batch, first / 10 + 1, first / 10 + 1));
      default ->
          handOut(
              id,
              prescriber,
              new Choice.Cheques(batch, first, Math.min(last, first + 3)),
              new Choice.Cheques(batch, last + 5, last + 5));
    };
  }

  private <T> T of(List<T> some) {
    return some.get(random.nextInt(some.size()));
  }

  private int issued() {
    return ledger.facts(ChequesIssued.class).size();
  }

  private void fold() {
    List<Fact> facts = ledger.facts();
    for (; folded < facts.size(); folded++) {
      Fact fact = facts.get(folded);
      List<Entry> entries = Postings.of(fact);
      assertThat(entries.stream().mapToLong(Entry::cents).sum()).as("%s", fact).isZero();
      entries.forEach(entry -> balances.merge(entry.account(), entry.cents(), Long::sum));
    }
    for (FunderId funder : FUNDERS) {
      assertThat(
              balance(funder, TITLES_IN_STOCK)
                  + balance(funder, TITLES_AT_PRESCRIBER)
                  + balance(funder, TITLES_HANDED_OUT))
          .as("titles of %s after fact %d, seed %d", funder, folded, seed)
          .isEqualTo(-balance(funder, TITLES_ISSUED));
      assertThat(-balance(funder, CHEQUES_OUTSTANDING))
          .as("activated for %s after fact %d, seed %d", funder, folded, seed)
          .isLessThanOrEqualTo(balance(funder, BANK));
    }
    balances.forEach(
        (account, cents) -> {
          boolean debit = account.kind().name().startsWith("TITLES_") || account.kind() == BANK;
          boolean credit =
              account.kind() == TITLES_ISSUED
                  || account.kind() == FUNDER_CREDIT
                  || account.kind() == CHEQUES_OUTSTANDING;
          assertThat(credit ? -cents : debit ? cents : 0)
              .as("%s after fact %d, seed %d", account, folded, seed)
              .isNotNegative();
        });
  }

  private long balance(FunderId funder, AccountKind kind) {
    return balances.entrySet().stream()
        .filter(e -> e.getKey().kind() == kind && e.getKey().funder().equals(funder.value()))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** By a fold of its own, cheque by cheque. */
  private void eachChequeIsDeliveredHandedOutAndActivatedAtMostOnce() {
    Map<Batch, Integer> counts = new HashMap<>();
    Map<Batch, Map<Integer, PrescriberId>> holders = new HashMap<>();
    Map<Batch, BitSet> handedOut = new HashMap<>();
    Map<Batch, BitSet> activated = new HashMap<>();
    Set<Long> cents = new HashSet<>();
    for (Fact fact : ledger.facts()) {
      switch (fact) {
        case ChequesIssued f -> {
          assertThat(counts.put(f.batch(), f.chequeCount())).as("%s", f).isNull();
          assertThat(cents.add(f.firstCent() * 2 + AGREEMENTS.indexOf(f.agreement())))
              .as("%s", f)
              .isTrue();
        }
        case ChequesDelivered f -> {
          for (int o = f.cheques().first(); o <= f.cheques().last(); o++) {
            assertThat(o).isLessThanOrEqualTo(counts.get(f.cheques().batch()));
            assertThat(
                    holders
                        .computeIfAbsent(f.cheques().batch(), _ -> new HashMap<>())
                        .put(o, f.prescriber()))
                .as("cheque %d of %s, seed %d", o, f, seed)
                .isNull();
          }
        }
        case ChequesHandedOut f -> {
          for (ChequeRange range : f.cheques()) {
            BitSet given = handedOut.computeIfAbsent(range.batch(), _ -> new BitSet());
            for (int o = range.first(); o <= range.last(); o++) {
              assertThat(holders.getOrDefault(range.batch(), Map.of()).get(o))
                  .as("cheque %d of %s, seed %d", o, f, seed)
                  .isEqualTo(f.prescriber());
              assertThat(given.get(o)).as("cheque %d of %s, seed %d", o, f, seed).isFalse();
              given.set(o);
            }
          }
        }
        case ChequesActivated f -> {
          BitSet active = activated.computeIfAbsent(f.batch(), _ -> new BitSet());
          assertThat(active.get(f.firstOrdinal(), f.lastOrdinal() + 1).isEmpty())
              .as("%s, seed %d", f, seed)
              .isTrue();
          active.set(f.firstOrdinal(), f.lastOrdinal() + 1);
        }
        default -> {}
      }
    }
  }
}
