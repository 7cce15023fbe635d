package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.settlement.BankWord.Known;
import fr.passnumerique.clearing.settlement.BankWord.Standing;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.settlement.TransferWord;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Where each of our transfers stands while a file is read: as it is recorded, and as far as the
 * file itself has brought it.
 */
final class TransferStandings {
  private final TransferWord word;
  private final Map<TransferId, Standing> told = new HashMap<>();
  private final Set<TransferId> reinstated = new HashSet<>();

  TransferStandings(TransferWord word) {
    this.word = word;
  }

  TransferWord word() {
    return word;
  }

  Optional<Known> find(String endToEnd) {
    return word.find(endToEnd);
  }

  Standing of(Known known) {
    return Objects.requireNonNullElse(told.get(known.transfer()), known.standing());
  }

  /** The file says that it stands so. */
  void tell(TransferId transfer, Standing standing) {
    told.put(transfer, standing);
  }

  /**
   * Its lines are as they were only before the file has rejected it itself, and before the file has
   * reinstated another transfer of the same money: the register knows neither yet. One of other
   * money is reinstated beside it: left to a clerk, its lines would be paid again by the next run.
   */
  Optional<? extends Fact> reinstated(TransferId id, LocalDate on) {
    if (told.containsKey(id)) {
      return Optional.empty();
    }
    Optional<? extends Fact> fact =
        reinstated.stream().anyMatch(other -> word.paysTheSame(id, other))
            ? Optional.empty()
            : word.reinstated(id, on);
    fact.ifPresent(_ -> reinstated.add(id));
    return fact;
  }

  /** The tags of what depends on a transfer. */
  static Set<String> looked(TransferId id) {
    return Set.of("transfer:" + id);
  }
}
