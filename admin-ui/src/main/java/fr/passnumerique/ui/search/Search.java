package fr.passnumerique.ui.search;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.issuance.ChequeCode;
import fr.passnumerique.ui.search.Found.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Asks every capability for what somebody reads off a paper. */
final class Search {
  private final List<Finder> finders;

  Search(List<Finder> finders) {
    this.finders = List.copyOf(finders);
  }

  /**
   * What was found.
   *
   * @param found in the order of a cheque's life, each thing once, of a kind {@link Finder#MOST}
   * @param more kinds of which there are more
   */
  record Result(List<Found> found, List<Kind> more) {
    static Result of(Stream<Found> all) {
      List<Found> found = new ArrayList<>();
      Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
      all.distinct()
          .forEach(
              each -> {
                if (counts.merge(each.kind(), 1, Integer::sum) <= Finder.MOST) {
                  found.add(each);
                }
              });
      return new Result(
          found,
          counts.entrySet().stream()
              .filter(counted -> counted.getValue() > Finder.MOST)
              .map(Map.Entry::getKey)
              .toList());
    }
  }

  Result find(String typed, Actor reader) {
    String asked = typed.strip();
    return Result.of(
        asked.isEmpty()
            ? Stream.empty()
            : finders.stream().flatMap(finder -> finder.find(asked, reader)));
  }

  /**
   * What was typed, fit to be shown again: of a cheque's code without its end, which is a secret.
   * What merely could be a code by its length is kept secret too.
   */
  static String shown(String typed) {
    Optional<ChequeCode> code = ChequeCode.parse(typed.strip());
    return code.map(each -> each.serial().toString()).orElse(typed.strip());
  }
}
