package fr.passnumerique.loadtest.simulator;

import fr.passnumerique.clearing.bookkeeping.Entry;
import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Command;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.Register;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Bugs as somebody might make them, each of which the simulator must find. */
final class Mutants {
  private Mutants() {}

  static List<Mutant> all() {
    return Stream.of(
            common(),
            RegisterMutants.all(),
            FundingMutants.all(),
            ReversalMutants.all(),
            TitleMutants.all(),
            BankMutants.all(),
            DoubtMutants.all(),
            RefundMutants.all())
        .flatMap(List::stream)
        .toList();
  }

  /** Those that every build tries: on ways that each story goes. */
  static List<Mutant> common() {
    return Stream.of(PostingMutants.all(), DecisionMutants.all(), BoundaryMutants.all())
        .flatMap(List::stream)
        .toList();
  }

  /** Decides another command in the place of the one that was sent. */
  record Another<C>(UnaryOperator<C> command) {}

  static <F extends Fact> Mutant posting(
      String name, Class<F> of, UnaryOperator<List<Entry>> change) {
    return new Mutant(name) {
      @Override
      List<Entry> postings(Fact fact, List<Entry> right) {
        return of.isInstance(fact) && !right.isEmpty() ? change.apply(right) : right;
      }
    };
  }

  /**
   * @param change null to have the register pass the fact over
   */
  static <F extends Fact> Mutant register(
      String name, String register, Class<F> of, Function<F, @Nullable F> change) {
    return new Mutant(name) {
      @Override
      Register register(Register right) {
        if (!right.getClass().getSimpleName().equals(register)) {
          return right;
        }
        return (fact, position, recordedAt) -> {
          Fact altered = of.isInstance(fact) ? change.apply(of.cast(fact)) : fact;
          if (altered != null) {
            right.fold(altered, position, recordedAt);
          }
        };
      }
    };
  }

  static <F extends Fact, A> Decision<A> recording(
      Decision<A> right, Class<F> type, UnaryOperator<F> change) {
    if (!(right instanceof Decision.Accept<A>(var facts, var boundary, var answer))) {
      return right;
    }
    List<Fact> changed =
        facts.stream()
            .<Fact>map(fact -> type.isInstance(fact) ? change.apply(type.cast(fact)) : fact)
            .toList();
    return new Decision.Accept<>(changed, boundary, answer);
  }

  static <C extends Command<A>, A> Mutant decision(
      String name, Class<C> of, BiFunction<C, Decision<A>, Decision<A>> change) {
    return decider(name, of, command -> command, at -> at, change);
  }

  static <C extends Command<A>, A> Mutant decision(String name, Class<C> of, Another<C> another) {
    return decider(name, of, another.command(), at -> at, (_, right) -> right);
  }

  static <C extends Command<A>, A> Mutant decider(
      String name,
      Class<C> of,
      UnaryOperator<C> command,
      UnaryOperator<Instant> clock,
      BiFunction<C, Decision<A>, Decision<A>> change) {
    return new Mutant(name) {
      @Override
      @SuppressWarnings("unchecked")
      Decider<?, ?> decider(Decider<?, ?> right) {
        if (!right.command().equals(of)) {
          return right;
        }
        Decider<C, A> decider = (Decider<C, A>) right;
        return new Decider<C, A>() {
          @Override
          public Class<C> command() {
            return of;
          }

          @Override
          public Decision<A> decide(C sent, Instant receivedAt) {
            return change.apply(sent, decider.decide(command.apply(sent), clock.apply(receivedAt)));
          }
        };
      }
    };
  }

  /**
   * @param prefix of the tags that are left out; empty for all but one that nobody writes
   */
  static <C extends Command<A>, A> Mutant forgetting(
      String name, Class<C> of, String prefix, boolean cheques) {
    return decision(
        name,
        of,
        (_, right) -> {
          if (!(right instanceof Decision.Accept<A>(var facts, var boundary, var answer))) {
            return right;
          }
          Set<String> tags = new HashSet<>(boundary.tags());
          if (!cheques) {
            tags.removeIf(tag -> tag.startsWith(prefix));
          }
          tags.add("nothing:");
          return new Decision.Accept<>(
              facts, new Boundary(tags, cheques ? Fact.NO_CHEQUES : boundary.cheques()), answer);
        });
  }
}
