package fr.passnumerique.clearing.settlement;

import java.time.Instant;
import java.util.Optional;

/**
 * A settlement run with some of its transfers.
 *
 * @param run with these transfers alone; its sums are of all
 * @param position of the fact that opened it
 * @param openedAt UTC
 * @param count of all its transfers
 * @param waiting of these, those without an end
 * @param inFile what its file orders, or would if it was taken now
 * @param next after how many transfers the next page begins; empty after the last
 */
public record RunPage(
    SettlementRun run,
    long position,
    Instant openedAt,
    int count,
    int waiting,
    InFile inFile,
    Optional<Integer> next) {

  /**
   * Transfers that go to the bank.
   *
   * @param count how many
   */
  public record InFile(long cents, int count) {}
}
