package fr.passnumerique.clearing.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.territory.Departement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OwedLinesTest {
  private static final Departement CREUSE = new Departement("23");

  private static Serial cheque(int ordinal) {
    return new Serial(Batch.of(7), ordinal);
  }

  /** Not in the order of the serials: a slip has its own. */
  private static OwedLines slip(int... ordinals) {
    Departement[] places = new Departement[ordinals.length];
    Arrays.fill(places, CREUSE);
    return OwedLines.of(
        IntStream.of(ordinals).mapToLong(ordinal -> cheque(ordinal).key()).toArray(),
        places,
        ordinals.length);
  }

  private static List<Integer> ordinals(OwedLines lines) {
    return IntStream.range(0, lines.size()).mapToObj(i -> lines.cheque(i).ordinal()).toList();
  }

  private static Set<Serial> cheques(Integer... ordinals) {
    return Arrays.stream(ordinals).map(OwedLinesTest::cheque).collect(Collectors.toSet());
  }

  @Test
  void linesThatComeBackAreWhereTheSlipHasThem() {
    OwedLines slip = slip(5, 9, 2, 7);
    OwedLines first = slip.only(cheques(5, 2));
    OwedLines rest = slip.without(cheques(5, 2));
    assertThat(ordinals(rest.and(first))).containsExactly(5, 9, 2, 7);
    assertThat(ordinals(first.and(rest))).containsExactly(5, 9, 2, 7);
    assertThat(ordinals(first.and(rest.only(cheques(9))))).containsExactly(5, 9, 2);
    assertThat(ordinals(OwedLines.NONE.and(rest))).containsExactly(9, 7);
    assertThat(ordinals(rest.and(OwedLines.NONE))).containsExactly(9, 7);
  }

  @Test
  void inWhateverPiecesTheyWere() {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      int[] all = random.ints(1, 1_000).distinct().limit(1 + random.nextInt(12)).toArray();
      List<OwedLines> pieces = new ArrayList<>(List.of(slip(all)));
      for (int cut = random.nextInt(8); cut > 0; cut--) {
        OwedLines piece = pieces.remove(random.nextInt(pieces.size()));
        Set<Serial> some =
            ordinals(piece).stream()
                .filter(_ -> random.nextBoolean())
                .map(OwedLinesTest::cheque)
                .collect(Collectors.toSet());
        pieces.add(piece.only(some));
        pieces.add(piece.without(some));
      }
      while (pieces.size() > 1) {
        OwedLines one = pieces.remove(random.nextInt(pieces.size()));
        pieces.add(one.and(pieces.remove(random.nextInt(pieces.size()))));
      }
      assertThat(ordinals(pieces.getFirst()))
          .as("seed %d", seed)
          .isEqualTo(IntStream.of(all).boxed().toList());
    }
  }
}
