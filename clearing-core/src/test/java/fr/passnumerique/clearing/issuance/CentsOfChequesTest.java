package fr.passnumerique.clearing.issuance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
  void chequesOutsideTheBatchHaveNoCents() {
    CentsOfCheques cents = CentsOfCheques.of(issued(10, 0, "tijdeman", 1), KEY);

    assertThatThrownBy(() -> cents.shares(0, 1)).hasMessageContaining("1 to 10");
    assertThatThrownBy(() -> cents.shares(10, 11)).hasMessageContaining("1 to 10");
  }

  @Test
  void aRuleThatThisReleaseDoesNotKnowIsNotGuessed() {
    assertThatThrownBy(() -> CentsOfCheques.of(issued(10, 0, "tijdeman", 2), KEY))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> CentsOfCheques.of(issued(10, 0, "webster", 1), KEY))
        .isInstanceOf(IllegalStateException.class);
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
        Optional.empty(),
        Optional.empty());
  }
}
