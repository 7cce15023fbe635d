package fr.passnumerique.ui.prescriber;

import fr.passnumerique.clearing.distribution.ChequeRange;
import fr.passnumerique.ui.words.French;
import java.util.List;
import java.util.stream.Collectors;

/** Rows of cheques in a sentence: some of them, and how many others there are. */
final class ChequeWords {
  private static final int TOLD = 6;

  private ChequeWords() {}

  static String of(List<ChequeRange> ranges, French french) {
    String told =
        ranges.stream().limit(TOLD).map(NamedCheques::words).collect(Collectors.joining(" ; "));
    int others = ranges.size() - TOLD;
    return others <= 0
        ? told
        : told + " ; et " + french.counted(others, "autre suite", "autres suites");
  }

  static int count(List<ChequeRange> ranges) {
    return ranges.stream().mapToInt(ChequeRange::count).sum();
  }
}
