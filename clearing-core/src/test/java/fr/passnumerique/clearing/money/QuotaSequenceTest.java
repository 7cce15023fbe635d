package fr.passnumerique.clearing.money;

import static fr.passnumerique.clearing.money.QuotaSequence.CYCLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

class QuotaSequenceTest {
  private static final int[] TWO_FUNDERS = {5714, 4286};
  private static final int[] ONE_POINT = {1, 9999};
  private static final int[] SIX_OF_ONE_POINT = {1, 1, 1, 1, 1, 1, 9994};
  private static final int[] SEVEN_FUNDERS = {12, 17, 19, 1, 10, 27, 9914};

  /** Each key with the SHA-256 of its cycle, one byte a cent. */
  @SuppressWarnings("UnusedVariable") // by @FieldSource
  private static final Arguments[] NAMED_KEYS = {
    Arguments.of(TWO_FUNDERS, "51a741b4570e5090cffdfacc799857d73fe7e516dea282d09f3b0abb2136105d"),
    Arguments.of(ONE_POINT, "2077b4f54b3b47f2671815205b0f119c313836504ad1ad683e27ca6858441492"),
    Arguments.of(
        SIX_OF_ONE_POINT, "735d395d0f187b666b8e74679b1b18339ccb00afe56837689d4ad1a7010a6744"),
    Arguments.of(SEVEN_FUNDERS, "c8b2d3cbf01fe09b87313137446eef49d752757dafd4012223cbab2843c6736e"),
  };

  @ParameterizedTest
  @FieldSource("NAMED_KEYS")
  void everyFunderStaysWithinOneCentOfItsExactShare(int[] key, String cycleSha256) {
    assertEveryPrefixWithinOneCent(key, QuotaSequence.of(key), Arrays.toString(key));
  }

  /** The facts of years past name this algorithm and version: their cents must be found again. */
  @ParameterizedTest
  @FieldSource("NAMED_KEYS")
  void neverDealsACentOtherwiseThanItOnceDid(int[] key, String cycleSha256) throws Exception {
    var sequence = QuotaSequence.of(key);
    byte[] cycle = new byte[CYCLE];
    for (int cent = 0; cent < CYCLE; cent++) {
      cycle[cent] = (byte) sequence.party(cent);
    }
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(cycle);
    assertThat(HexFormat.of().formatHex(digest)).isEqualTo(cycleSha256);
  }

  @Test
  void dealsTheFirstFortyCentsOfTwoFundersAsWrittenHere() {
    var sequence = QuotaSequence.of(TWO_FUNDERS);
    assertThat(IntStream.range(0, 40).map(sequence::party))
        .containsExactly(
            0, 1, 0, 1, 0, 1, 0, 0, 1, 0, 1, 0, 1, 0, 0, 1, 0, 1, 0, 1, //
            0, 0, 1, 0, 1, 0, 1, 0, 0, 1, 0, 1, 0, 1, 0, 0, 1, 0, 1, 0);
    assertThat(QuotaSequence.ALGORITHM).isEqualTo("tijdeman");
    assertThat(QuotaSequence.VERSION).isEqualTo(1);
  }

  @ParameterizedTest
  @FieldSource("NAMED_KEYS")
  void repeatsEveryHundredEurosWithEveryFunderAtItsExactShare(int[] key, String cycleSha256) {
    var sequence = QuotaSequence.of(key);
    long[] exact = Arrays.stream(key).asLongStream().toArray();
    for (long first : new long[] {0, 1, 5_000, 9_999, 10_000, 987_654_321_987L}) {
      assertThat(sequence.deal(first, CYCLE)).isEqualTo(exact);
      assertThat(sequence.party(first)).isEqualTo(sequence.party(first + 3L * CYCLE));
    }
  }

  @Test
  void losesNothingAtFiftySevenPointFourteenPercentOverAHundredThousandCheques() {
    var sequence = QuotaSequence.of(TWO_FUNDERS);
    long[] totals = new long[2];
    for (int cheque = 0; cheque < 100_000; cheque++) {
      long[] split = sequence.deal(cheque * 1_000L, 1_000);
      assertThat(split[0]).isBetween(571L, 572L);
      assertThat(split[0] + split[1]).isEqualTo(1_000);
      totals[0] += split[0];
      totals[1] += split[1];
    }
    assertThat(totals).containsExactly(57_140_000, 42_860_000);
  }

  @Test
  void givesNobodyANegativeShareOfAChequeOfSevenEuros() {
    assertChequesFair(SEVEN_FUNDERS, 700, 20_000);
    assertChequesFair(SIX_OF_ONE_POINT, 700, 20_000);
    assertChequesFair(SIX_OF_ONE_POINT, 1_000, 20_000);
  }

  @Test
  void givesASingleFunderEverything() {
    var sequence = QuotaSequence.of(10_000);
    assertThat(sequence.parties()).isEqualTo(1);
    assertThat(sequence.party(123_456)).isZero();
    assertThat(sequence.deal(9_999, 700)).containsExactly(700);
    assertThat(sequence.deal(0, Long.MAX_VALUE)).containsExactly(Long.MAX_VALUE);
  }

  @Test
  void breaksTiesByTheOrderOfTheKey() {
    var sequence = QuotaSequence.of(2_500, 2_500, 2_500, 2_500);
    assertThat(IntStream.range(0, 8).map(sequence::party)).containsExactly(0, 1, 2, 3, 0, 1, 2, 3);
  }

  @Test
  void holdsForAsManyAsSixtyFourFunders() {
    int[] key = new int[64];
    Arrays.fill(key, 1);
    key[63] = 10_000 - 63;
    assertEveryPrefixWithinOneCent(key, QuotaSequence.of(key), "63 × 1");
    Arrays.fill(key, 156);
    key[0] += 16;
    assertEveryPrefixWithinOneCent(key, QuotaSequence.of(key), "64 alike");
  }

  @Test
  void holdsForAnyKeyAnyStartAndAnyFaceValues() {
    long seed = Long.getLong("quota.seed", new Random().nextLong());
    System.out.println("QuotaSequenceTest: -Dquota.seed=" + seed);
    var random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      int[] key = randomKey(random);
      String as = "-Dquota.seed=%d, round %d, key %s".formatted(seed, round, Arrays.toString(key));
      var sequence = QuotaSequence.of(key);
      assertEveryPrefixWithinOneCent(key, sequence, as);

      long firstCent = random.nextLong(1_000_000_000_000L);
      long[] before = sequence.deal(0, firstCent);
      long[] totals = before.clone();
      long cent = firstCent;
      for (int cheque = 0; cheque < 200; cheque++) {
        long faceValue = random.nextLong(1, 25_000);
        long[] split = sequence.deal(cent, faceValue);
        assertThat(LongStream.of(split)).as(as).allMatch(share -> share >= 0);
        assertThat(LongStream.of(split).sum()).as(as).isEqualTo(faceValue);
        sequence.addTo(totals, cent, faceValue);
        cent += faceValue;
        assertWithinOneCent(key, totals, cent, as);
      }
      assertThat(totals).as(as).isEqualTo(sequence.deal(0, cent));
      assertThat(minus(totals, before))
          .as(as)
          .isEqualTo(sequence.deal(firstCent, cent - firstCent));
    }
  }

  @Test
  void dealsARangeAsItDealsTheCentsOfThatRange() {
    var sequence = QuotaSequence.of(SEVEN_FUNDERS);
    for (long first : new long[] {0, 1, 9_300, 9_301, 9_999, 10_000, 123_456}) {
      for (int cents : new int[] {0, 1, 699, 700, 9_999, 10_000, 10_001, 25_000}) {
        long[] counted = new long[SEVEN_FUNDERS.length];
        for (long cent = first; cent < first + cents; cent++) {
          counted[sequence.party(cent)]++;
        }
        assertThat(sequence.deal(first, cents)).isEqualTo(counted);
      }
    }
  }

  @Nested
  class RefusesAKey {
    @Test
    void thatDoesNotSumToTenThousand() {
      assertThatThrownBy(() -> QuotaSequence.of(5714, 4285))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "the shares of a split key sum to 10000 basis points, [5714, 4285] sum to 9999; add"
                  + " 1");
      assertThatThrownBy(() -> QuotaSequence.of(5714, 4288)).hasMessageEndingWith("take away 2");
      assertThatThrownBy(() -> QuotaSequence.of(Integer.MAX_VALUE, Integer.MAX_VALUE))
          .hasMessageEndingWith("take away 4294957294");
    }

    @Test
    void withAPartyThatPaysNothing() {
      assertThatThrownBy(() -> QuotaSequence.of(10_000, 0))
          .hasMessage(
              "each share of a split key is at least 1 basis point, share 2 is 0; leave out a party"
                  + " that pays nothing");
      assertThatThrownBy(() -> QuotaSequence.of(10_001, -1))
          .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void withNobodyOrTooMany() {
      assertThatThrownBy(QuotaSequence::of).hasMessageContaining("this one has 0");
      assertThatThrownBy(() -> QuotaSequence.of(new int[65]))
          .hasMessageContaining("this one has 65");
    }
  }

  @Test
  void refusesCentsThatHaveNoNumber() {
    var sequence = QuotaSequence.of(TWO_FUNDERS);
    assertThatThrownBy(() -> sequence.party(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> sequence.deal(-1, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> sequence.deal(0, -1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> sequence.deal(Long.MAX_VALUE, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> sequence.addTo(new long[3], 0, 1))
        .hasMessage("the key has 2 parties, the totals are for 3; hand over one total per party");
    assertThatThrownBy(() -> sequence.addTo(new long[] {Long.MAX_VALUE, 0}, 0, 1))
        .isInstanceOf(ArithmeticException.class);
    long[] all = sequence.deal(1, Long.MAX_VALUE - 1);
    assertThat(all[0] + all[1]).isEqualTo(Long.MAX_VALUE - 1);
  }

  /** The easier rules, and how each of them fails. */
  @Nested
  class RoadsNotTaken {
    @Test
    void roundingEachChequeIsFourHundredEurosShortAfterAHundredThousandCheques() {
      long perCheque = Math.round(1_000 * 0.5714);
      assertThat(57_140_000 - 100_000 * perCheque).isEqualTo(40_000);
    }

    @Test
    void roundingCumulativeSumsTakesBackACentOnTheSecondCheque() {
      long[] first = roundedCumulatively(SIX_OF_ONE_POINT, 1_000);
      long[] second = minus(roundedCumulatively(SIX_OF_ONE_POINT, 2_000), first);
      assertThat(first).containsExactly(0, 0, 0, 0, 1, 0, 999);
      assertThat(second).containsExactly(0, 0, 1, 0, -1, 0, 1_000);
    }

    @Test
    void largestRemainderTakesBackACentOnTheEighthCheque() {
      long[] seven = largestRemainder(SEVEN_FUNDERS, 7 * 700);
      long[] eighth = minus(largestRemainder(SEVEN_FUNDERS, 8 * 700), seven);
      assertThat(eighth).containsExactly(1, 1, 2, -1, 1, 2, 694);
    }

    @Test
    void startingAgainWithEachOrderAddsUpItsErrors() {
      var sequence = QuotaSequence.of(ONE_POINT);
      // 10 000 orders of 99,99 €: the first funder's one cent is the 5 000th of each.
      assertThat(10_000 * sequence.deal(0, 9_999)[0]).isEqualTo(10_000);
      assertThat(sequence.deal(0, 10_000L * 9_999)[0]).isEqualTo(9_999);
      // Of 49,99 € it never comes to it: 49,99 € short.
      assertThat(10_000 * sequence.deal(0, 4_999)[0]).isZero();
      assertThat(sequence.deal(0, 10_000L * 4_999)[0]).isEqualTo(4_999);
    }

    /** Party p gets what lies between the rounded sums of the shares up to p − 1 and up to p. */
    private static long[] roundedCumulatively(int[] key, long cents) {
      long[] dealt = new long[key.length];
      long shares = 0;
      long below = 0;
      for (int p = 0; p < key.length; p++) {
        shares += key[p];
        long upTo = (shares * cents + CYCLE / 2) / CYCLE;
        dealt[p] = upTo - below;
        below = upTo;
      }
      return dealt;
    }

    private static long[] largestRemainder(int[] key, long cents) {
      long[] dealt = Arrays.stream(key).mapToLong(share -> share * cents / CYCLE).toArray();
      long left = cents - LongStream.of(dealt).sum();
      IntStream.range(0, key.length)
          .boxed()
          .sorted((p, q) -> Long.compare(key[q] * cents % CYCLE, key[p] * cents % CYCLE))
          .limit(left)
          .forEach(p -> dealt[p]++);
      return dealt;
    }
  }

  private static void assertChequesFair(int[] key, int faceValue, int cheques) {
    var sequence = QuotaSequence.of(key);
    for (int cheque = 0; cheque < cheques; cheque++) {
      long[] split = sequence.deal((long) cheque * faceValue, faceValue);
      if (LongStream.of(split).sum() != faceValue || LongStream.of(split).min().orElse(-1) < 0) {
        throw new AssertionError("cheque " + cheque + " is split " + Arrays.toString(split));
      }
    }
  }

  /** Cent by cent, over one cycle and the start of the next. */
  private static void assertEveryPrefixWithinOneCent(int[] key, QuotaSequence sequence, String as) {
    long[] held = new long[key.length];
    for (int cent = 0; cent < CYCLE + 1_000; cent++) {
      held[sequence.party(cent)]++;
      assertWithinOneCent(key, held, cent + 1, as);
    }
  }

  /** In integers, one cent counting 10 000; strictly. */
  private static void assertWithinOneCent(int[] key, long[] held, long cents, String as) {
    for (int p = 0; p < key.length; p++) {
      // Whole cycles are exact, and left out so that no product overflows.
      long inCycle = held[p] - cents / CYCLE * key[p];
      long error = inCycle * CYCLE - cents % CYCLE * key[p];
      if (Math.abs(error) >= CYCLE) {
        assertThat(error)
            .as("%s: funder %d after %d cents", as, p, cents)
            .isStrictlyBetween(-10_000L, 10_000L);
      }
    }
  }

  /** 1 to 12 parties; half of the keys have shares of a few points beside large ones. */
  private static int[] randomKey(Random random) {
    int parties = random.nextInt(1, 13);
    int[] key = new int[parties];
    Arrays.fill(key, 1);
    int left = CYCLE - parties;
    boolean lopsided = random.nextBoolean();
    for (int p = 0; p < parties - 1; p++) {
      int extra = random.nextInt(lopsided ? Math.min(left, 30) + 1 : left + 1);
      key[p] += extra;
      left -= extra;
    }
    key[parties - 1] += left;
    int swap = random.nextInt(parties);
    int last = key[parties - 1];
    key[parties - 1] = key[swap];
    key[swap] = last;
    return key;
  }

  private static long[] minus(long[] a, long[] b) {
    return IntStream.range(0, a.length).mapToLong(i -> a[i] - b[i]).toArray();
  }
}
