package fr.passnumerique.loadtest.peak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.withinPercentage;

import fr.passnumerique.clearing.issuance.CheckKeys;
import fr.passnumerique.clearing.issuance.FileCheckKeys;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.redemption.Verdict;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);
  private static final List<Site> SITES = Site.of(Site.VenueList.real());

  @TempDir private Path directory;
  private CheckKeys keys;

  @BeforeEach
  void openKeys() {
    keys = FileCheckKeys.open(directory.resolve("keys"), new Random(7));
  }

  private Plan plan(long seed, int clients, int lines) {
    return Plan.make(seed, TODAY, SITES, new Plan.Size(clients, 3, 240, lines), keys);
  }

  private static List<Slip> slips(Plan plan) {
    return plan.rounds().stream()
        .flatMap(round -> round.byClient().stream())
        .flatMap(List::stream)
        .toList();
  }

  private static long accepted(Plan plan) {
    return plan.rounds().stream().mapToLong(Plan.Round::accepted).sum();
  }

  @Test
  void fewerClientsPresentTheSameSlipsAndEachVenuesInItsOrder() {
    Plan.Round round = plan(7, 16, 3).rounds().get(1);

    for (int clients : new int[] {1, 4, 16}) {
      Plan.Round regrouped = round.by(clients);

      assertThat(regrouped.byClient()).hasSize(clients).allMatch(slips -> slips.size() >= 10);
      assertThat(regrouped.all()).containsExactlyInAnyOrderElementsOf(round.all().toList());
      Set<Integer> venuesOfOthers = new HashSet<>();
      for (List<Slip> own : regrouped.byClient()) {
        assertThat(own).isSortedAccordingTo(Comparator.comparingInt(Slip::number));
        Set<Integer> venues = new HashSet<>(own.stream().map(Slip::venue).toList());
        assertThat(venuesOfOthers).doesNotContainAnyElementsOf(venues);
        venuesOfOthers.addAll(venues);
      }
    }
  }

  @Test
  void theSameSeedGivesTheSameSlips() {
    List<Slip> first = slips(plan(7, 4, 42));
    List<Slip> again = slips(plan(7, 4, 42));
    List<Slip> other = slips(plan(8, 4, 42));

    assertThat(again).usingRecursiveFieldByFieldElementComparator().isEqualTo(first);
    assertThat(other).usingRecursiveFieldByFieldElementComparator().isNotEqualTo(first);
  }

  @Test
  void everySlipHasItsLinesAndAReferenceThatItsVenueUsesOnce() {
    Plan plan = plan(7, 4, 42);

    assertThat(slips(plan)).hasSize(3 * 240).allMatch(slip -> slip.lines() == 42);
    assertThat(slips(plan).stream().map(slip -> slip.venue() + "/" + slip.reference()))
        .doesNotHaveDuplicates();
  }

  @Test
  void aChequeIsAcceptedOnceAndOnlyIfItIsHandedOut() {
    Plan plan = plan(7, 16, 42);
    Set<Long> accepted = new HashSet<>();

    for (Slip slip : slips(plan)) {
      for (int i = 0; i < slip.lines(); i++) {
        if (slip.expected()[i] == Verdict.ACCEPTED) {
          Serial serial = Serial.ofKey(slip.serials()[i]);
          Plan.PlannedBatch batch = plan.batches().get(serial.batch().number() - 1);
          assertThat(accepted.add(serial.key())).as("%s accepted once", serial).isTrue();
          assertThat(serial.ordinal()).isLessThanOrEqualTo(batch.cheques());
          assertThat(batch.handedOut(serial.ordinal())).isTrue();
          assertThat(slip.checkParts()[i]).isEqualTo(keys.check(serial, keys.currentKeyName()));
        }
      }
    }
    assertThat(accepted).hasSize(Math.toIntExact(accepted(plan)));
  }

  @Test
  void aboutOneLineInFiftyIsBadInEveryWayThatIsPlanned() {
    Map<Verdict, Integer> counts = new HashMap<>();
    slips(plan(7, 4, 42))
        .forEach(slip -> List.of(slip.expected()).forEach(v -> counts.merge(v, 1, Integer::sum)));

    int all = counts.values().stream().mapToInt(Integer::intValue).sum();
    assertThat((all - counts.get(Verdict.ACCEPTED)) / (double) all).isBetween(0.014, 0.026);
    assertThat(counts)
        .containsOnlyKeys(
            Verdict.ACCEPTED,
            Verdict.ALREADY_REDEEMED,
            Verdict.DUPLICATE_LINE,
            Verdict.UNKNOWN_CHEQUE,
            Verdict.NOT_DISTRIBUTED,
            Verdict.BAD_CHECK_CODE,
            Verdict.SERVICE_BEFORE_DISTRIBUTION);
  }

  @Test
  void someSlipsAreSentAgainAndSomeAtTheSameMoment() {
    List<Slip.Resend> resends = slips(plan(7, 4, 1)).stream().map(Slip::resend).toList();

    assertThat(resends).contains(Slip.Resend.NO, Slip.Resend.AFTERWARDS);
    assertThat(slips(plan(7, 1, 1)).stream().map(Slip::resend))
        .as("a lone client has nobody to double-click with")
        .doesNotContain(Slip.Resend.AT_THE_SAME_MOMENT);
  }

  @Test
  void aVenueIsPresentedForByOneClientOnly() {
    Map<Integer, Integer> clientOf = new HashMap<>();

    for (Plan.Round round : plan(7, 16, 5).rounds()) {
      for (int client = 0; client < 16; client++) {
        for (Slip slip : round.byClient().get(client)) {
          assertThat(clientOf.merge(slip.venue(), client, (known, _) -> known)).isEqualTo(client);
        }
      }
    }
  }

  @Test
  void aVenuesSlipsAreOfOneAgreementOnItsTerritory() {
    Plan plan = plan(7, 4, 42);

    for (Slip slip : slips(plan)) {
      for (int i = 0; i < slip.lines(); i++) {
        if (slip.expected()[i] == Verdict.ACCEPTED) {
          Site site = plan.sites().get(slip.sites()[i]);
          int batch = Serial.ofKey(slip.serials()[i]).batch().number();
          int agreement = plan.batches().get(batch - 1).agreement();
          assertThat(site.venue()).isEqualTo(plan.venues().get(slip.venue()));
          assertThat(plan.agreements().get(agreement).territory()).contains(site.departement());
        }
      }
    }
  }

  @Test
  void whatFundersBearIsTheFaceValueOfWhatIsAccepted() {
    Plan plan = plan(7, 4, 42);

    Map<String, Long> spent = plan.spentByFunder(slips(plan).stream());

    assertThat(spent.values().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(accepted(plan) * Plan.FACE_VALUE_CENTS);
  }

  @Test
  void theCentsOfAnAgreementGoOnFromBatchToBatch() {
    Plan plan = Plan.make(7, TODAY, SITES, new Plan.Size(4, 1, 20_000, 42), keys);
    Map<Integer, Long> next = new HashMap<>();
    List<Integer> agreements = new ArrayList<>();

    for (Plan.PlannedBatch batch : plan.batches()) {
      assertThat(batch.firstCent()).isEqualTo(next.getOrDefault(batch.agreement(), 0L));
      next.put(
          batch.agreement(), batch.firstCent() + (long) batch.cheques() * Plan.FACE_VALUE_CENTS);
      agreements.add(batch.agreement());
    }
    assertThat(agreements)
        .as("some agreements have several orders")
        .hasSizeGreaterThan(next.size());
  }

  @Test
  void aRoundRefersToNoChequeThatAnEarlierRoundRedeemed() {
    int again = 0;
    for (Plan.Round round : plan(7, 4, 42).rounds()) {
      Set<Long> accepted = new HashSet<>();
      for (List<Slip> slips : round.byClient()) {
        for (Slip slip : slips) {
          for (int i = 0; i < slip.lines(); i++) {
            if (slip.expected()[i] == Verdict.ALREADY_REDEEMED) {
              assertThat(accepted).contains(slip.serials()[i]);
              again++;
            }
          }
          for (int i = 0; i < slip.lines(); i++) {
            if (slip.expected()[i] == Verdict.ACCEPTED) {
              accepted.add(slip.serials()[i]);
            }
          }
        }
      }
    }
    assertThat(again).isPositive();
  }

  private Plan hotPlan(int clients) {
    return Plan.make(
        7,
        TODAY,
        SITES,
        new Plan.Size(clients, List.of(Shape.of(80, 20), Shape.of(80, 20).hot(), Shape.of(80, 20))),
        keys);
  }

  @Test
  void aHotRoundIsOfOneVenueAndOneAgreement() {
    Plan plan = hotPlan(4);
    Plan.Round hot = plan.rounds().get(1);

    assertThat(hot.all().map(Slip::venue).distinct()).hasSize(1);
    assertThat(plan.agreementsOf(hot.all())).hasSize(1);
    assertThat(plan.rounds().getLast().all().map(Slip::venue).distinct()).hasSizeGreaterThan(1);
    assertThat(plan.agreementsOf(plan.rounds().getLast().all())).hasSizeGreaterThan(1);
    assertThat(slips(plan).stream().map(slip -> slip.venue() + "/" + slip.reference()))
        .doesNotHaveDuplicates();
  }

  @Test
  void aQuarterOfTheSlipsOfAHotRoundWantChequesThatEachClientPresents() {
    Plan plan = hotPlan(4);
    Map<Long, Set<Integer>> clientsOf = new HashMap<>();
    Map<Long, Integer> accepted = new HashMap<>();

    Plan.Round hot = plan.rounds().get(1);
    for (int client = 0; client < 4; client++) {
      for (Slip slip : hot.byClient().get(client)) {
        for (int i = 0; i < slip.contested(); i++) {
          clientsOf.computeIfAbsent(slip.serials()[i], _ -> new HashSet<>()).add(client);
          accepted.merge(
              slip.serials()[i], slip.expected()[i] == Verdict.ACCEPTED ? 1 : 0, Integer::sum);
        }
      }
    }
    assertThat(hot.all().filter(slip -> slip.contested() == 10)).hasSize(20);
    assertThat(hot.all().filter(slip -> slip.contested() == 0)).hasSize(60);
    assertThat(clientsOf).hasSize(50);
    assertThat(clientsOf.values()).allMatch(clients -> clients.equals(Set.of(0, 1, 2, 3)));
    assertThat(accepted.values()).containsOnly(1);
    assertThat(plan.rounds().getLast().all()).allMatch(slip -> slip.contested() == 0);
    assertThat(hotPlan(1).rounds().get(1).all())
        .as("nobody to contend with")
        .allMatch(slip -> slip.contested() == 0);
  }

  @Test
  void theOtherChequesOfAHotRoundAreEachOneClients() {
    Map<Long, Integer> clientOf = new HashMap<>();
    Plan.Round hot = hotPlan(4).rounds().get(1);

    for (int client = 0; client < 4; client++) {
      for (Slip slip : hot.byClient().get(client)) {
        for (int i = slip.contested(); i < slip.lines(); i++) {
          if (slip.expected()[i] != Verdict.UNKNOWN_CHEQUE
              && slip.expected()[i] != Verdict.NOT_DISTRIBUTED) {
            assertThat(clientOf.merge(slip.serials()[i], client, (known, _) -> known))
                .isEqualTo(client);
          }
        }
      }
    }
  }

  @Test
  void slipsOfRealSizesAreOfFortyLinesInTheMeanAndHalfOfThemShorterThanThirty() {
    Plan plan =
        Plan.make(7, TODAY, SITES, new Plan.Size(4, List.of(Shape.ofRealSizes(4_000))), keys);
    List<Integer> sizes = slips(plan).stream().map(Slip::lines).sorted().toList();

    assertThat(sizes.stream().mapToInt(Integer::intValue).average().orElseThrow())
        .isBetween(38.0, 44.0);
    assertThat(sizes.get(sizes.size() / 2)).isBetween(22, 30);
    assertThat(sizes.getFirst()).isPositive();
    assertThat(sizes.getLast()).isLessThanOrEqualTo(500);
  }

  @Test
  void heapGrowsWithTheLinesThatAreInMemory() {
    assertThat(
            new Plan.Size(16, 10, 12_000, 42).heapBytes() - new Plan.Size(16, 1, 1, 1).heapBytes())
        .isCloseTo(70L * 10 * 12_000 * 42, withinPercentage(1));
    assertThat(Shape.ofRealSizes(10_000).manyLines()).isBetween(390_000L, 440_000L);
  }

  @Test
  void moreClientsThanVenuesAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan(7, 1_000, 1))
        .withMessageContaining("1000 clients");
  }
}
