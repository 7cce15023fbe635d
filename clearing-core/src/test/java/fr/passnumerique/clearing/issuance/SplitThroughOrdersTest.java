package fr.passnumerique.clearing.issuance;

import static fr.passnumerique.clearing.FundedWorld.agreement;
import static fr.passnumerique.clearing.FundedWorld.order;
import static fr.passnumerique.clearing.FundedWorld.programme;
import static fr.passnumerique.clearing.FundedWorld.share;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.FundedWorld;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.AgreementSigned.Share;
import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.FunderRegistered;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.funding.RegisterFunder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * However an agreement's cheques are divided into orders, each funder pays its exact share to
 * within one cent, strictly, after every order and after every cheque; no cheque has a negative
 * part.
 */
class SplitThroughOrdersTest {
  private static final AgreementId AGREEMENT = new AgreementId("A");
  private static final ProgrammeId PROGRAMME = new ProgrammeId("P");
  private static final int ORDERS = 400;

  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          5714/4286                | 1000 | 10
          1/9999                   | 1000 | 10
          1/1/1/1/1/1/9994         | 1000 | 10
          12/17/19/1/10/27/9914    |  700 |  5
          3333/3333/3334           |    1 |  1
          10000                    | 1234 |  3
          """)
  void everyFunderIsWithinOneCentOfItsShareAfterEveryOrder(
      String key, long faceValueCents, int chequesPerCarnet) {
    System.out.printf("seed %d (key %s)%n", seed, key);
    List<Share> shares = shares(key);
    FundedWorld world = world(shares, faceValueCents, chequesPerCarnet);
    Map<FunderId, Long> held = new HashMap<>();
    long dealt = 0;

    for (int i = 1; i <= ORDERS; i++) {
      int cheques = chequesPerCarnet * (1 + random.nextInt(i % 50 == 0 ? 1_000 : 4));
      ChequesIssued issued = world.must(order("O-" + i, AGREEMENT, cheques));

      assertThat(issued.firstCent())
          .as("first cent of order %d, seed %d", i, seed)
          .isEqualTo(dealt);
      assertThat(cents(issued.shares())).isEqualTo(cheques * faceValueCents);
      if (i % 50 != 0) {
        CentsOfCheques split = CentsOfCheques.of(issued, shares);
        long[] total = new long[shares.size()];
        for (int ordinal = 1; ordinal <= cheques; ordinal++) {
          total = plusOne(split, total, ordinal, faceValueCents);
          near(shares, held, split.shares(total), dealt + ordinal * faceValueCents);
        }
        assertThat(split.shares(total)).isEqualTo(issued.shares());
      }
      dealt += cheques * faceValueCents;
      issued.shares().forEach(part -> held.merge(part.funder(), part.cents(), Long::sum));
      near(shares, held, List.of(), dealt);
    }
  }

  private long[] plusOne(CentsOfCheques split, long[] total, int ordinal, long faceValueCents) {
    long[] after = total.clone();
    split.addTo(after, ordinal);
    long sum = 0;
    for (int place = 0; place < total.length; place++) {
      assertThat(after[place])
          .as("cheque %d, seed %d", ordinal, seed)
          .isGreaterThanOrEqualTo(total[place]);
      sum += after[place] - total[place];
    }
    assertThat(sum).as("cheque %d, seed %d", ordinal, seed).isEqualTo(faceValueCents);
    return after;
  }

  /** In integers: |cents × 10 000 − dealt × points| < 10 000. */
  private void near(
      List<Share> shares, Map<FunderId, Long> held, List<FundedCents> more, long dealt) {
    for (Share share : shares) {
      long cents = held.getOrDefault(share.funder(), 0L);
      for (FundedCents part : more) {
        cents += part.funder().equals(share.funder()) ? part.cents() : 0;
      }
      assertThat(Math.abs(cents * 10_000 - dealt * share.basisPoints()))
          .as("%s has %d of %d cents, seed %d", share, cents, dealt, seed)
          .isLessThan(10_000);
    }
  }

  private static long cents(List<FundedCents> shares) {
    return shares.stream().mapToLong(FundedCents::cents).sum();
  }

  private static List<Share> shares(String key) {
    List<Share> shares = new ArrayList<>();
    for (String points : key.split("/")) {
      FunderId funder = new FunderId("F" + shares.size());
      shares.add(share(funder, Integer.parseInt(points), 10_000_000_000_000L));
    }
    return shares;
  }

  private static FundedWorld world(List<Share> shares, long faceValueCents, int chequesPerCarnet) {
    FundedWorld world = FundedWorld.empty();
    world.must(programme(PROGRAMME, faceValueCents, chequesPerCarnet, List.of()));
    for (Share share : shares) {
      world.must(
          new RegisterFunder(share.funder(), share.funder().value(), FunderRegistered.Kind.OTHER));
    }
    world.must(agreement(AGREEMENT, PROGRAMME, shares.toArray(Share[]::new)));
    return world;
  }
}
