package fr.passnumerique.ui.search;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.issuance.ChequeCode;
import java.util.List;
import java.util.Optional;

/** Asks every capability for what somebody reads off a paper. */
final class Search {
  private final List<Finder> finders;

  Search(List<Finder> finders) {
    this.finders = List.copyOf(finders);
  }

  /** In the order of a cheque's life, each thing once. */
  List<Found> find(String typed, Actor reader) {
    String asked = typed.strip();
    return asked.isEmpty()
        ? List.of()
        : finders.stream().flatMap(finder -> finder.find(asked, reader)).distinct().toList();
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
