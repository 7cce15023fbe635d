package fr.passnumerique.clearing.ledger;

import java.util.Optional;
import java.util.function.Supplier;

/** Reads registers while they stand still at one position. */
@FunctionalInterface
public interface ReadLock {
  /**
   * @param query quick (microseconds) and without input or output: every answer to a command waits
   *     for it
   */
  <T> T read(Supplier<T> query);

  /**
   * Looks up what somebody may deny if it is not there. What is found costs no more than {@link
   * #read}; what is not is denied only where the registers hold all that was recorded when it was
   * asked for: a node that stands by, starts or has stopped is behind.
   *
   * @param what with its identifier
   * @param query as of {@link #read}; asked twice at most
   * @return empty if it was never recorded
   * @throws LedgerBehindException if this node cannot tell
   */
  default <T> Optional<T> find(String what, Supplier<Optional<T>> query) {
    return read(query);
  }
}
