package fr.passnumerique.ui.funder;

import fr.passnumerique.clearing.funding.AgreementSigned.PaymentTerms;
import fr.passnumerique.clearing.funding.AgreementSigned.Share;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.ui.words.French;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A split key as it is typed, a funder a line: {@code region ; 33,33 ; 120 000}, and behind a share
 * that is paid on use who advances it: {@code etat ; 50 ; 300 000 ; region}. A key may have up to
 * 64 shares, for which no form has fields enough.
 */
final class ShareLines {
  static final String EXAMPLE = "region ; 40 ; 120 000";

  private ShareLines() {}

  /** Why the first line that will not do will not, as a sentence for who typed it. */
  static Optional<String> fault(String typed) {
    List<String> lines = typed.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        Optional<String> fault = faultOfLine(lines.get(i));
        if (fault.isPresent()) {
          int number = i + 1;
          return fault.map(words -> "Ligne %d : %s".formatted(number, words));
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> faultOfLine(String line) {
    List<String> cells = cells(line);
    if (cells.size() < 3 || cells.size() > 4) {
      return Optional.of(
          "écrivez l’identifiant du financeur, sa part en % et son plafond en euros, séparés par"
              + " des points-virgules, comme "
              + EXAMPLE
              + ".");
    }
    if (!named(cells.getFirst()) || (cells.size() == 4 && !named(cells.get(3)))) {
      return Optional.of(
          "un financeur est écrit par son identifiant, comme %s."
              .formatted(EXAMPLE.substring(0, EXAMPLE.indexOf(' '))));
    }
    Optional<Long> part = basisPoints(cells.get(1));
    if (part.isEmpty() || part.get() > 10_000) {
      return Optional.of("écrivez une part en %, comme 40 ou 33,33.");
    }
    return French.cents(cells.get(2)).isPresent()
        ? Optional.empty()
        : Optional.of("écrivez un plafond en euros, comme 120 000.");
  }

  /**
   * @param typed without a {@link #fault}
   */
  static List<Share> read(String typed) {
    List<Share> shares = new ArrayList<>();
    typed
        .lines()
        .filter(line -> !line.isBlank())
        .map(ShareLines::cells)
        .forEach(
            cells -> {
              Optional<FunderId> advancing =
                  cells.size() == 4 ? Optional.of(new FunderId(cells.get(3))) : Optional.empty();
              shares.add(
                  new Share(
                      new FunderId(cells.getFirst()),
                      basisPoints(cells.get(1)).orElseThrow().intValue(),
                      French.cents(cells.get(2)).orElseThrow(),
                      advancing.isPresent() ? PaymentTerms.ON_USE : PaymentTerms.PREPAID,
                      advancing));
            });
    return List.copyOf(shares);
  }

  /** As {@link #read} reads them. */
  static String typed(List<Share> shares) {
    return shares.stream()
        .map(
            share ->
                "%s ; %s ; %s%s"
                    .formatted(
                        share.funder(),
                        hundredths(share.basisPoints()),
                        hundredths(share.ceilingCents()),
                        share.preFinancier().map(by -> " ; " + by).orElse("")))
        .collect(Collectors.joining("\n"));
  }

  private static String hundredths(long number) {
    return number % 100 == 0
        ? Long.toString(number / 100)
        : "%d,%02d".formatted(number / 100, number % 100);
  }

  /** Hundredths of a percent, written as cents of a euro are. */
  private static Optional<Long> basisPoints(String percent) {
    return French.cents(percent.replace("%", ""));
  }

  private static boolean named(String funder) {
    try {
      var _ = new FunderId(funder);
      return true;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  /** A last semicolon with nothing behind it says nothing. */
  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>(List.of(line.strip().split(";", -1)));
    cells.replaceAll(String::strip);
    if (cells.size() == 4 && cells.get(3).isEmpty()) {
      cells.removeLast();
    }
    return cells;
  }
}
