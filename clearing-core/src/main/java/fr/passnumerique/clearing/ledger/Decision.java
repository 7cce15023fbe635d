package fr.passnumerique.clearing.ledger;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a command comes to.
 *
 * @param <A> the answer of an accepted command
 */
public sealed interface Decision<A> {

  /**
   * These facts, all or none, provided that nothing within the boundary changed meanwhile.
   *
   * @param facts at least one, recorded in this order at consecutive positions
   */
  record Accept<A>(List<Fact> facts, Boundary boundary, A answer) implements Decision<A> {
    public Accept {
      facts = List.copyOf(facts);
      if (facts.isEmpty()) {
        throw new IllegalArgumentException("an accepted command records at least one fact");
      }
    }
  }

  /**
   * The command may have been recorded before, at this position: the recorded fact answers, never a
   * decision taken again.
   *
   * @param reply compares the recorded fact with the command: the recorded answer, or a refusal
   *     when the same identifier comes with other contents
   */
  record Known<A>(long position, Function<Fact, Reply<A>> reply) implements Decision<A> {}

  /** Nothing to record: what the command asks for is already so. */
  record Unchanged<A>(A answer) implements Decision<A> {}

  record Refuse<A>(Refusal refusal) implements Decision<A> {}

  /** The reply to a command that may have been recorded before. */
  sealed interface Reply<A> {
    record Same<A>(A answer) implements Reply<A> {}

    record Different<A>(Refusal refusal) implements Reply<A> {}
  }

  static <A> Decision<A> accept(Fact fact, Boundary boundary, A answer) {
    return new Accept<>(List.of(fact), boundary, answer);
  }

  static <A> Decision<A> refuse(Refusal refusal) {
    return new Refuse<>(refusal);
  }

  /**
   * The one place where it is held that who begins something does not end it.
   *
   * @param first the accounts that had a part in it
   * @param by who ends it
   * @param refusal where they are the same
   * @param otherwise what is decided if they are not; recorded only if no one person may act as
   *     both, or refused by the same code
   */
  static <A> Decision<A> bySecondPerson(
      Set<String> first, String by, Refusal refusal, Supplier<Decision<A>> otherwise) {
    SecondPerson second = new SecondPerson(first, by, refusal);
    if (second.isTheFirst()) {
      return refuse(refusal);
    }
    Decision<A> decided = otherwise.get();
    return decided instanceof Accept<A>(var facts, var boundary, var answer)
        ? new Accept<>(facts, boundary.by(second), answer)
        : decided;
  }

  /**
   * The usual reply of a command whose whole content is one fact and whose identifier is taken.
   *
   * @param wanted the fact that the command would record now
   * @param otherwise the refusal when the recorded fact differs
   */
  static <F extends Fact> Decision<F> known(long position, F wanted, Refusal otherwise) {
    return new Known<>(
        position,
        recorded ->
            recorded.equals(wanted) ? new Reply.Same<>(wanted) : new Reply.Different<>(otherwise));
  }
}
