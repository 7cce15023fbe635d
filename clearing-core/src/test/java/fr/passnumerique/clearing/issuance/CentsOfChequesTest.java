package fr.passnumerique.clearing.issuance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.AgreementSigned.PaymentTerms;
import fr.passnumerique.clearing.funding.AgreementSigned.Share;
import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.ProgrammeDefined.ConflictOfInterest;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.territory.Departement;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CentsOfChequesTest {
  private static final List<Share> KEY = key(5714, 4285, 1);

  @Test
  void theSplitOfEachChequeSumsToItsFaceValueAndThatOfARangeIsTheSumOfItsCheques() {
    CentsOfCheques cents = CentsOfCheques.of(issued(700, 3_333, "tijdeman", 1), KEY);

    long[] one = new long[3];
    long[] each = new long[3];
    for (int ordinal = 1; ordinal <= 700; ordinal++) {
      cents.addTo(one, ordinal);
      assertThat(LongStream.of(one).sum()).isEqualTo(700);
      for (int place = 0; place < 3; place++) {
        each[place] += one[place];
        one[place] = 0;
      }
    }
    long[] range = new long[3];
    cents.addTo(range, 1, 700);

    assertThat(range).isEqualTo(each);
  }

  @Test
  void aFunderWithoutACentIsLeftOut() {
    CentsOfCheques cents = CentsOfCheques.of(issued(2, 0, "tijdeman", 1), KEY);

    assertThat(cents.shares(1, 1)).extracting(FundedCents::funder).doesNotContain(cents.funder(2));
    assertThat(cents.shares(1, 2)).extracting(FundedCents::cents).allMatch(c -> c > 0);
  }

  @Test
  void theSharesOfARangeAreThoseOfItsCheques() {
    CentsOfCheques cents = CentsOfCheques.of(issued(10, 3_333, "tijdeman", 1), KEY);
    long[] second = new long[3];
    long[] third = new long[3];
    cents.addTo(second, 2);
    cents.addTo(third, 3);

    assertThat(cents.shares(2, 3))
        .extracting(FundedCents::funder, FundedCents::cents)
        .containsExactly(
            tuple(cents.funder(0), second[0] + third[0]),
            tuple(cents.funder(1), second[1] + third[1]));
    assertThat(second[0] + third[0] + second[1] + third[1]).isEqualTo(1_400);
  }

  @Test
  void eachChequeOfAReplacementBatchHasTheCentsOfTheOneThatItStandsFor() {
    ChequesIssued first = issued(20, 3_333, "tijdeman", 1);
    CentsOfCheques cents = CentsOfCheques.of(first, KEY);
    // The key's third funder has one cent in ten thousand, in one cheque of those.
    int rare =
        IntStream.rangeClosed(1, 20).filter(k -> of(cents, k)[2] == 1).findFirst().orElseThrow();
    int usual = rare == 3 ? 4 : 3;
    CentsOfCheques replacing = CentsOfCheques.of(replacing(first, List.of(rare, usual, rare)), KEY);

    assertThat(of(replacing, 1)).isEqualTo(of(cents, rare));
    assertThat(of(replacing, 2)).isEqualTo(of(cents, usual));
    long[] lastTwo = new long[3];
    replacing.addTo(lastTwo, 2, 3);
    assertThat(lastTwo[2]).isEqualTo(1);
    assertThat(LongStream.of(lastTwo).sum()).isEqualTo(1_400);
  }

  @Test
  void chequesOutsideTheBatchHaveNoCents() {
    CentsOfCheques cents = CentsOfCheques.of(issued(10, 0, "tijdeman", 1), KEY);

    assertThatThrownBy(() -> cents.shares(0, 1)).hasMessageContaining("1 to 10");
    assertThatThrownBy(() -> cents.shares(10, 11)).hasMessageContaining("1 to 10");
    assertThatThrownBy(() -> cents.shares(5, 4)).hasMessageContaining("5 to 4");
  }

  @Test
  void aRuleThatThisReleaseDoesNotKnowIsNotGuessed() {
    assertThatThrownBy(() -> CentsOfCheques.of(issued(10, 0, "tijdeman", 2), KEY))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> CentsOfCheques.of(issued(10, 0, "webster", 1), KEY))
        .isInstanceOf(IllegalStateException.class);
  }

  private static long[] of(CentsOfCheques cents, int ordinal) {
    long[] totals = new long[3];
    cents.addTo(totals, ordinal);
    return totals;
  }

  private static List<Share> key(int... basisPoints) {
    return IntStream.range(0, basisPoints.length)
        .mapToObj(
            i ->
                new Share(
                    new FunderId("F" + i), basisPoints[i], Long.MAX_VALUE, PaymentTerms.PREPAID))
        .toList();
  }

  private static ChequesIssued issued(
      int count, long firstCent, String algorithm, int algorithmVersion) {
    return issued(count, firstCent, algorithm, algorithmVersion, Optional.empty());
  }

  private static ChequesIssued replacing(ChequesIssued first, List<Integer> ordinals) {
    return issued(
        ordinals.size(),
        first.firstCent(),
        first.splitAlgorithm(),
        first.splitAlgorithmVersion(),
        Optional.of(new ChequesIssued.Inherited(first.batch(), ordinals)));
  }

  private static ChequesIssued issued(
      int count,
      long firstCent,
      String algorithm,
      int algorithmVersion,
      Optional<ChequesIssued.Inherited> inherited) {
    return new ChequesIssued(
        new OrderId("O-1"),
        new AgreementId("A-1"),
        new ProgrammeId("P-1"),
        1,
        Batch.of(1),
        count,
        700,
        10,
        180,
        60,
        LocalDate.of(2026, 12, 31),
        30,
        List.of(),
        List.of(),
        List.of(),
        0,
        ConflictOfInterest.FLAG,
        new Departement("23"),
        firstCent,
        algorithm,
        algorithmVersion,
        "check-1",
        LocalDate.of(2026, 1, 5),
        List.of(),
        inherited,
        Optional.empty());
  }
}
