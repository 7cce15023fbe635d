package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.bank.BankEntryUnmatched.Why;
import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.settlement.TransferId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Returns that the bank told before the debit of their transfer, in an earlier file or earlier in
 * this one: they wait for it.
 */
final class WaitingReturns {
  private final BankRegister register;
  private final Map<TransferId, List<Waiting>> ofThisFile = new HashMap<>();
  private final Set<String> taken = new HashSet<>();

  WaitingReturns(BankRegister register) {
    this.register = register;
  }

  /**
   * @param cents above zero
   * @param reason ISO 20022, or what stands for none
   */
  record Waiting(BankEntry entry, long cents, TransferId transfer, String reason) {
    private static Optional<Waiting> of(BankEntryUnmatched fact) {
      return fact.transfer()
          .filter(_ -> fact.why() == Why.RETURNED_UNPAID)
          .map(
              id ->
                  new Waiting(
                      fact.entry(),
                      fact.cents(),
                      new TransferId(id),
                      fact.returned().orElse(TransferStatuses.NO_REASON)));
    }
  }

  /** The file tells one whose transfer is not debited yet. */
  void wait(Waiting one) {
    ofThisFile.computeIfAbsent(one.transfer(), _ -> new ArrayList<>(1)).add(one);
  }

  /**
   * The first of a transfer that was told, since its debit is known now: it waits no more.
   *
   * @return empty if none of this amount waits
   */
  Optional<Waiting> take(TransferId transfer, long cents) {
    Optional<Waiting> first =
        Stream.concat(
                register.unmatched(transfer).stream()
                    .map(BankRegister.Unmatched::fact)
                    .flatMap(fact -> Waiting.of(fact).stream()),
                ofThisFile.getOrDefault(transfer, List.of()).stream())
            .filter(one -> one.cents() == cents)
            .filter(one -> !taken.contains(one.entry().id()))
            .findFirst();
    first.ifPresent(one -> taken.add(one.entry().id()));
    return first;
  }
}
