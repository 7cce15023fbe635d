package fr.passnumerique.clearing.bank;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Statements with which a clerk has yet to deal: told otherwise than before, or leaving out what is
 * booked. Asked within a read of the registers.
 */
public final class StatementsInDoubt {
  private final BankRegister register;
  private final ToldNoMore toldNoMore;

  StatementsInDoubt(BankRegister register) {
    this.register = register;
    this.toldNoMore = new ToldNoMore(register);
  }

  /**
   * @param exception as closeBankException names it
   * @param since when the statement was recorded, UTC
   * @param cents of what it does not tell: above zero if more came in than went out
   */
  public record Waiting(String exception, Instant since, long cents) {}

  /**
   * @param bookings that it does not tell, and that are booked
   */
  record Lacking(String exception, Instant since, List<String> bookings) {}

  /** In the order of their days. */
  public List<Waiting> read() {
    return lacking().stream()
        .map(
            one ->
                new Waiting(one.exception(), one.since(), register.money().cents(one.bookings())))
        .toList();
  }

  /** The same, with what they do not tell. */
  List<Lacking> lacking() {
    List<Lacking> waiting = new ArrayList<>();
    for (BankRegister.Stated stated : register.contradicting()) {
      String name = stated.statement().statement();
      if (register.closed(name) == null) {
        waiting.add(
            new Lacking(name, stated.recordedAt(), toldNoMore.replacedBy(stated.statement())));
      }
    }
    // Whatever a clerk has said of one before: what it leaves out is booked yet.
    for (ToldNoMore.LeftOut left : toldNoMore.leftOut()) {
      waiting.add(new Lacking(left.exception(), left.recordedAt(), left.bookings()));
    }
    return List.copyOf(waiting);
  }
}
