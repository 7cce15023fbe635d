package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.bank.entry.ExpectedCredits;
import fr.passnumerique.clearing.bank.entry.ExpectedCredits.Expected;
import fr.passnumerique.clearing.bank.entry.ExpectedCredits.NoMore;
import fr.passnumerique.clearing.ledger.Fact;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Credits that somebody was asked for, of whatever capability, and what the bank takes of them. */
final class AskedCredits {
  private final BankRegister register;
  private final List<ExpectedCredits> expected;

  AskedCredits(BankRegister register, List<ExpectedCredits> expected) {
    this.register = register;
    this.expected = List.copyOf(expected);
  }

  /** Empty if nothing was asked for under this name. */
  Optional<Named> named(String name) {
    return expected.stream()
        .flatMap(credits -> credits.named(name).map(asked -> new Named(credits, asked)).stream())
        .findFirst();
  }

  /**
   * @param credits whose it is
   */
  record Named(ExpectedCredits credits, Expected asked) {}

  /** Tags of what it depends on whether a payment can be undone. */
  Set<String> looked(String name) {
    return named(name).map(found -> found.asked().looked()).orElse(Set.of());
  }

  /**
   * The fact by which a payment is undone that the bank tells no more.
   *
   * @param before what is recorded ahead of it in the same append
   * @return empty if it cannot be undone, or not yet: while the bank has still to show what a clerk
   *     recorded of the rest, its amount is the one by which that is known
   */
  Optional<Fact> takenBack(String name, NoMore told, List<Fact> before) {
    Optional<Named> found = named(name);
    if (found.isEmpty() || isRestByHandUnseen(found.get().asked())) {
      return Optional.empty();
    }
    return found.get().credits().takenBack(name, told, before);
  }

  private boolean isRestByHandUnseen(Expected asked) {
    return asked.paidOn().isPresent() && !register.isProved(asked.name());
  }
}
