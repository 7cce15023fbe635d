package fr.passnumerique.loadtest.peak;

import fr.passnumerique.clearing.redemption.Verdict;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Answers as the rules give, from memory, with what a test asks it to do wrong. */
class MemoryWay implements Way {
  private final Map<Slip, Answer> recorded = new ConcurrentHashMap<>();

  Books books = new Books(0, 0, 0, 0, Map.of(), Map.of(), OptionalLong.of(0));
  boolean drained;

  /** Of its projections, as it says; below zero it cannot say. */
  long lagNanos;

  /** The verdicts of a slip, right unless overridden. */
  Answer judge(Slip slip) {
    return new Answer(
        List.of(slip.expected()), (long) slip.accepted() * Plan.FACE_VALUE_CENTS, false);
  }

  /** What a slip sent again is answered, the recorded answer unless overridden. */
  Answer again(Slip slip, Answer first) {
    return new Answer(first.verdicts(), first.acceptedCents(), true);
  }

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public String description() {
    return "in memory";
  }

  @Override
  public Client client() {
    return new Client() {
      @Override
      public Supplier<Answer> send(Slip slip) {
        Answer mine = judge(slip);
        Answer first = recorded.putIfAbsent(slip, mine);
        Answer answer = first == null ? mine : again(slip, first);
        return () -> answer;
      }
    };
  }

  static Answer with(Answer answer, int line, Verdict verdict) {
    List<Verdict> verdicts = new java.util.ArrayList<>(answer.verdicts());
    verdicts.set(line, verdict);
    return new Answer(verdicts, answer.acceptedCents(), answer.already());
  }

  @Override
  public void drain() {
    drained = true;
  }

  @Override
  public Optional<Freshness> freshness() {
    return Optional.of(
        new Freshness() {
          @Override
          public long lagNanos() throws SQLException {
            if (lagNanos < 0) {
              throw new SQLException("no connection");
            }
            return lagNanos;
          }

          @Override
          public void close() {}
        });
  }

  @Override
  public Books books() {
    return books;
  }

  @Override
  public void close() {}
}
