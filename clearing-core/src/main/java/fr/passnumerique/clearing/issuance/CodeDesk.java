package fr.passnumerique.clearing.issuance;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.ledger.ReadLock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one way to cheque codes, whatever they are printed on: it notes who takes which, and its log
 * names no code. Its endpoints permit clerks, and a prescriber the cheques that it handed out.
 */
public final class CodeDesk {
  private static final Logger LOG = LoggerFactory.getLogger(CodeDesk.class);

  private final IssuanceRegister register;
  private final ReadLock registers;
  private final CheckKeys keys;

  CodeDesk(IssuanceRegister register, ReadLock registers, CheckKeys keys) {
    this.register = register;
    this.registers = registers;
    this.keys = keys;
  }

  /**
   * @param from ordinal, the order's first if null
   * @param to ordinal, inclusive, the order's last if null
   * @throws Problem 404 {@code UNKNOWN_ORDER}, or 400 {@code RANGE_OUTSIDE_ORDER}
   * @throws IllegalStateException if the batch's key is missing or damaged
   */
  public PrintedCodes take(
      OrderId order, @Nullable Integer from, @Nullable Integer to, Actor actor) {
    return take(issued(order), from, to, actor);
  }

  /** What an order is, for whoever asks how many codes there are before it takes any. */
  public ChequesIssued issued(OrderId order) {
    return registers
        .find("order " + order, () -> Optional.ofNullable(register.order(order)))
        .map(IssuanceRegister.Issued::fact)
        .orElseThrow(() -> unknown(order));
  }

  /**
   * As {@link #take(OrderId, Integer, Integer, Actor)}, of cheques that a fact names.
   *
   * @throws IllegalStateException if there is no such batch, which a fact cannot name
   */
  public PrintedCodes take(Batch batch, int from, int to, Actor actor) {
    ChequesIssued issued =
        registers
            .find("batch " + batch, () -> Optional.ofNullable(register.batch(batch)))
            .map(IssuanceRegister.Issued::fact)
            .orElseThrow(() -> new IllegalStateException("no order has batch " + batch));
    return take(issued, from, to, actor);
  }

  /**
   * For whoever asks before it takes any.
   *
   * @param first ordinal
   * @param last ordinal, inclusive
   * @throws Problem 400 {@code RANGE_OUTSIDE_ORDER}
   */
  public void require(ChequesIssued issued, int first, int last) {
    if (first < 1 || last < first || last > issued.chequeCount()) {
      throw outside(issued, first, last);
    }
  }

  private PrintedCodes take(
      ChequesIssued issued, @Nullable Integer from, @Nullable Integer to, Actor actor) {
    int first = from == null ? 1 : from;
    int last = to == null ? issued.chequeCount() : to;
    require(issued, first, last);
    PrintedCodes codes = new PrintedCodes(issued, first, last, keys);
    LOG.info(
        "account {} downloads codes {} to {} of order {}",
        actor.account(),
        first,
        last,
        issued.order());
    return codes;
  }

  private static Problem unknown(OrderId order) {
    return Problem.of(
        IssuanceRefusal.UNKNOWN_ORDER.because(
            "order", "order %s is not issued".formatted(order), "correct the identifier"));
  }

  private static Problem outside(ChequesIssued issued, int first, int last) {
    String rule =
        "order %s has cheques 1 to %d, got %d to %d"
            .formatted(issued.order(), issued.chequeCount(), first, last);
    String remedy = "give ordinals of the order, the lower first";
    boolean low = first < 1;
    return Problem.badRequest(
        "RANGE_OUTSIDE_ORDER",
        rule + "; " + remedy,
        List.of(
            Problem.Fault.of(
                low ? "from" : "to", String.valueOf(low ? first : last), rule, remedy)));
  }
}
